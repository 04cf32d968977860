"""Whatever goes wrong is a problem in JSON (RFC 9457), in the caller's language: never a page, never a redirect."""

import pytest
from django.core.cache import caches
from django.test import Client, override_settings

from kembar.access.permissions import Role
from kembar.api.tests.conftest import Program, program_of
from kembar.cities.models import Office
from kembar.people.actions.tokens import revoke_token
from kembar.people.models import AccessToken, Account, Asked
from kembar.people.queries import actor
from kembar.sources.models import Document
from tests.members import member, office, sign_in

pytestmark = pytest.mark.django_db
SOURCE = {"title": "Siaran pers"}
KINDS = "This must be one of: press, official, paper, minutes, letter, study, blog, office, other."


@pytest.fixture
def bandung() -> Office:
    """An office without a register: nothing here needs one."""
    return office()


def test_a_problem_says_what_it_is_in_the_callers_language(visitor: Program) -> None:
    for language, title in (
        ("en", "There is nothing at this address"),
        ("id-ID,id;q=0.9", "Tidak ada apa-apa di alamat ini"),
        ("ko", "이 주소에는 아무것도 없습니다"),
        ("zh-CN", "此地址没有内容"),
        ("xx, *;q=0.5", "Tidak ada apa-apa di alamat ini"),
    ):
        status, told = visitor.problem("/partnerships/atlantis", Accept_Language=language)
        assert (status, told["title"], told["instance"]) == (404, title, "/api/v1/partnerships/atlantis")
        assert told["type"] == "http://localhost:8000/api/docs/#not-found"


@pytest.mark.parametrize("path", ["", "/", "/nothing", "/partnerships/", "/partnerships/no/such", "/claims/999999",
                                  "/claims/99999999999999999999", "/sources/0", "/agreements/999999"])  # fmt: skip
def test_what_is_not_there_is_404(path: str, visitor: Program) -> None:
    assert visitor.problem(path)[0] == 404


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("POST", "/partnerships", "GET, HEAD"),
        ("DELETE", "/sources/1", "GET, HEAD, PATCH"),
        ("TRACE", "/claims", "GET, HEAD, POST"),
        ("GET", "/readings", "POST"),
        ("OPTIONS", "/claims/1/decision", "PUT"),
        ("BREW", "/cities", "GET, HEAD"),
    ],
)
def test_a_method_nobody_knows_is_405_and_says_which_are_known(
    method: str, path: str, allow: str, visitor: Program
) -> None:
    answer = visitor.ask(path, method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allow)
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("on=2025-02-31", [("?on", "There is no day 2025-02-31 in the calendar.")]),
        ("on=kemarin", [("?on", "This must be a day, such as 2025-03-26.")]),
        ("on=1066-10-14", [("?on", "This must be a day from 1900-01-01 to 2100-12-31.")]),
        ("colour=red", [("?colour", "There is no such parameter here.")]),
        ("page=0&size=101", [("?page", "This must be a whole number from 1 to 100000."),
                             ("?size", "This must be a whole number from 1 to 100.")]),
        ("page=" + "9" * 5000, [("?page", "This must be a whole number from 1 to 100000.")]),
        ("kind=enemy", [("?kind", "This must be one of: sister, friendship, thematic, institution, network.")]),
        ("q=" + "x" * 201, [("?q", "This is longer than 200 characters.")]),
        ("q=%00", [("?q", "This holds signs that no text has.")]),
        ("kind=sister&kind=network", [("?kind", "This is given more than once.")]),
        ("office=atlantis", [("?office", "There is no such office here.")]),
    ],
)  # fmt: skip
def test_each_parameter_that_is_wrong_is_named(query: str, errors: list[tuple[str, str]], visitor: Program) -> None:
    status, told = visitor.problem(f"/partnerships?{query}")
    assert (status, [(error["where"], error["detail"]) for error in told["errors"]]) == (422, errors)


def test_a_parameter_that_is_missing_is_named(visitor: Program) -> None:
    words = "The name, or its beginning, or a part of it."
    assert visitor.problem("/cities")[1]["errors"] == [{"where": "?q", "detail": f"“q” is missing. {words}"}]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b" ", 400), (b"{", 400), (b"\xff\xfe", 400), (b'{"title": NaN}', 400), (b'{"title": %s}' % (b"9" * 5000), 400),
        (b"[" * 200_000, 400), (b'{"a":' * 100_000, 400), (b"[]", 422), (b'"words"', 422), (b"null", 422), (b"{}", 422),
        (b" " * 3_000_000, 413),
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_read_changes_nothing(body: bytes, status: int, officer: Program) -> None:
    before = Document.objects.count()
    answer = officer.ask("/sources", "POST", body)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert Document.objects.count() == before


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
                                  "application/json; charset=latin-1", ""])  # fmt: skip
def test_only_json_is_taken(kind: str, officer: Program) -> None:
    answer = officer.client.generic("POST", "/api/v1/sources", b"{}", kind, headers=officer.headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (415, "application/problem+json")


@pytest.mark.parametrize(
    ("field", "value", "detail"),
    [
        ("title", 7, "This must be text."),
        ("title", "", "“title” must not be empty. The title, as it stands over the document."),
        ("title", "\ud800", "This holds signs that no text has."),
        ("title", "a\x00b", "This holds signs that no text has."),
        ("published", "31 Februari", "This could not be read as a date. Write it like 24 May 1960, May 1960 or 1960."),
        (
            "kind",
            ["press"],
            "This must be one of: press, official, paper, minutes, letter, study, blog, office, other.",
        ),
        ("address", "javascript:alert(1)", "This must be a web address that begins with https:// or http://."),
        ("address", "https://[::1", "This must be a web address that begins with https:// or http://."),
        ("colour", "red", "There is no such field here."),
    ],
)
def test_each_field_that_is_wrong_is_named(field: str, value: object, detail: str, officer: Program) -> None:
    status, told = officer.problem("/sources", "POST", SOURCE | {field: value})
    assert (status, told["errors"]) == (422, [{"where": f"#/{field}", "detail": detail}])


WRITES = [
    ("POST", "/sources", SOURCE),
    ("PATCH", "/sources/1", SOURCE),
    ("POST", "/claims", {}),
    ("PUT", "/claims/1/decision", {"decision": "open"}),
    ("POST", "/readings", {"text": "Bandung"}),
]


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_without_a_token_nothing_is_written_and_nobody_is_sent_to_sign_in(
    method: str, path: str, body: object, visitor: Program
) -> None:
    answer = visitor.ask(path, method, body)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="Kembar"')
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_a_session_counts_for_nothing(method: str, path: str, body: object, sari: Account) -> None:
    client = Client()
    sign_in(client, sari)
    answer = client.generic(method, f"/api/v1{path}", "{}", "application/json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert not answer.cookies


@pytest.mark.parametrize("shown", ["Bearer kembar_wrong", "Bearer", "Basic c2FyaTpzYXJp", "Bearer ü", "kembar_wrong"])
def test_a_token_that_opens_nothing_is_refused_even_where_none_is_needed(shown: str, visitor: Program) -> None:
    answer = visitor.ask("/partnerships", Authorization=shown)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Kembar", error="invalid_token"'


def test_a_revoked_token_is_refused_at_once(officer: Program, sari: Account) -> None:
    officer.get("/partnerships")
    revoke_token(AccessToken.objects.get(), by=actor(sari))
    assert officer.problem("/partnerships")[0] == 401


def test_a_token_opens_what_its_scopes_name(sari: Account, bandung: Office) -> None:
    opens = {}
    for scope in ("read", "sources", "decide", "texts"):
        program = program_of(sari, bandung, scope)
        opens[scope] = [path for method, path, body in WRITES if program.ask(path, method, body).status_code != 403]
    assert opens == {
        "read": [],
        "sources": ["/sources", "/sources/1", "/claims"],
        "decide": ["/sources", "/sources/1", "/claims", "/claims/1/decision"],
        "texts": ["/readings"],
    }


@pytest.mark.parametrize("role", [Role.READER, Role.TRANSLATOR])
def test_no_scope_gives_more_than_the_role_of_its_person(role: Role, bandung: Office) -> None:
    program = program_of(member("Hadi", role, office=bandung), bandung)
    assert program.problem("/sources", "POST", SOURCE)[0] == 403
    assert program.problem("/claims/1/decision", "PUT", {"decision": "open"})[0] == 403


@override_settings(KEMBAR_API_PER_MINUTE=3)
def test_who_asks_too_often_is_told_how_long_to_wait(
    visitor: Program, officer: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kembar.api.rate.now", lambda: 1_000_000.0)  # forty seconds into a minute
    assert [visitor.ask("/offices").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = visitor.ask("/offices")
    assert (answer.headers["Retry-After"], answer.headers["Content-Type"]) == ("20", "application/problem+json")
    assert officer.ask("/offices").status_code == 200
    monkeypatch.setattr("kembar.api.rate.now", lambda: 1_000_020.0)
    assert visitor.ask("/offices").status_code == 200


@override_settings(KEMBAR_API_PER_MINUTE=3)
def test_what_a_program_writes_is_counted_whichever_worker_takes_it(
    officer: Program, stranger: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kembar.api.rate.now", lambda: 1_000_000.0)
    answers = []
    for _ in range(4):
        caches["memory"].clear()  # as another worker has it, or the same one started anew
        answers.append(officer.ask("/sources", "POST", SOURCE))
    assert [answer.status_code for answer in answers] == [201, 200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "20"
    assert stranger.ask("/sources", "POST", SOURCE).status_code == 201
    caches["memory"].clear()
    monkeypatch.setattr("kembar.api.rate.now", lambda: 1_000_150.0)
    assert officer.ask("/sources", "POST", SOURCE).status_code == 200
    assert Asked.objects.count() == 1  # of minutes that are over nothing is kept


def test_a_host_name_that_is_not_ours_is_a_problem_too(visitor: Program) -> None:
    assert visitor.problem("/offices", Host="elsewhere.example")[0] == 400


def test_a_fault_of_ours_is_a_problem_that_tells_nothing_of_it(
    visitor: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("kembar.cities.queries.search", break_down)
    visitor.client.raise_request_exception = False
    status, told = visitor.problem("/cities?q=Suwon")
    assert (status, told["detail"]) == (500, "The fault has been written to the log. What was saved before is kept.")
