"""The strictness of tests/strict.py bites: each fault is planted here and must be caught.

Why: a net that nobody tries has holes nobody knows.
"""

import socket
import warnings
from collections.abc import Callable
from functools import partial

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine, Origin, Template
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone
from pytest_socket import SocketConnectBlockedError

from kembar.access.permissions import SYSTEM
from kembar.journal import actions as journal
from kembar.journal.models import Entry
from kembar.web.entry import public
from tests.guards.tree import PRODUCT
from tests.strict import (
    ForeignWrite,
    UnknownTemplateVariable,
    UnorderedQuery,
    WriteOnGet,
    only_reads,
    refuse_foreign_write,
)


def rendered(text: str, **context: object) -> str:
    origin = Origin(str(PRODUCT / "public" / "templates" / "public" / "planted.html"))
    return Template(text, origin, engine=Engine.get_default()).render(Context(context))


def entry(subject: str) -> Entry:
    return Entry.objects.create(at=timezone.now(), actor="Sari", verb="planted.made", subject=subject)


@public("Planted: looking at it makes a row.")
def writes_when_looked_at(request: HttpRequest) -> HttpResponse:
    return HttpResponse(entry("looked:1").subject)


@public("Planted: one query per row.")
def query_per_row(request: HttpRequest) -> HttpResponse:
    subjects = Entry.objects.order_by("id").values_list("id", flat=True)
    return HttpResponse(", ".join(Entry.objects.get(pk=key).subject for key in subjects))


@public("Planted: one query for all rows.")
def one_query(request: HttpRequest) -> HttpResponse:
    return HttpResponse(", ".join(Entry.objects.order_by("id").values_list("subject", flat=True)))


urlpatterns = [
    path("writes/", writes_when_looked_at, name="writes"),
    path("per-row/", query_per_row, name="per-row"),
    path("one-query/", one_query, name="one-query"),
]


def test_an_unknown_name_in_a_template_fails() -> None:
    with pytest.raises(UnknownTemplateVariable, match="asks for parnter"):
        rendered("{{ parnter }}", partner="Suwon")


def test_an_unknown_part_of_a_known_thing_fails() -> None:
    with pytest.raises(UnknownTemplateVariable, match=r"asks for partner\.nmae"):
        rendered("{{ partner.nmae }}", partner={"name": "Suwon"})


def test_a_list_nobody_gave_fails() -> None:
    with pytest.raises(UnknownTemplateVariable, match="asks for rwos"):
        rendered("{% for row in rwos %}{{ row }}{% endfor %}", rows=[1])


def test_optional_arguments_of_a_part_stay_free() -> None:
    assert rendered("{% if note %}{{ note }}{% endif %}{{ name }}", name="Suwon") == "Suwon"


@pytest.mark.django_db
def test_rows_in_no_order_come_back_reversed() -> None:
    for subject in ("a:1", "b:2", "c:3"):
        entry(subject)
    assert [row.subject for row in Entry.objects.all()] == ["c:3", "b:2", "a:1"]
    assert list(Entry.objects.values_list("subject", flat=True)) == ["c:3", "b:2", "a:1"]
    assert list(Entry.objects.order_by("id").values_list("subject", flat=True)) == ["a:1", "b:2", "c:3"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "take", [lambda rows: rows[0], lambda rows: list(rows[:2])], ids=["the first", "the first two"]
)
def test_the_first_rows_in_no_order_fail(take: Callable[[object], object]) -> None:
    entry("a:1")
    with pytest.raises(UnorderedQuery, match="the first rows of Entry"):
        take(Entry.objects.all())


@pytest.mark.django_db
def test_one_row_by_its_key_needs_no_order() -> None:
    made = entry("a:1")
    assert Entry.objects.get(subject="a:1") == made
    assert Entry.objects.filter(subject="a:1").exists()
    assert Entry.objects.first() == made


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_page_that_writes_when_looked_at_fails(client: Client) -> None:
    with pytest.raises(WriteOnGet, match=r"^GET /writes/ ran: INSERT"):
        client.get("/writes/")


@pytest.mark.parametrize(
    ("sql", "reads"),
    [
        ("SELECT 1", True),
        ("with parts as (select 1) select * from parts", True),
        ("WITH gone AS (DELETE FROM t RETURNING id)\nSELECT * FROM gone", False),
        ("UPDATE t SET a = 1", False),
        ("  insert into t values (1)", False),
        ("SELECTED", False),
        ("CREATE TEMPORARY TABLE t (a int)", False),
    ],
)
def test_what_only_reads_is_told_from_what_writes(sql: str, reads: bool) -> None:
    assert only_reads(sql) is reads


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_the_same_page_may_write_when_something_is_sent(client: Client) -> None:
    assert client.post("/writes/").content == b"looked:1"


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_list_with_a_query_per_row_fails(same_queries: Callable[..., None]) -> None:
    same_queries("/one-query/", lambda: entry("a:1"))
    with pytest.raises(AssertionError, match="with three rows"):
        same_queries("/per-row/", lambda: entry("a:1"))


@pytest.mark.django_db
def test_a_concepts_own_action_writes_its_table() -> None:
    journal.record("planted.made", by=SYSTEM, subject="a:1", office_id=None)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "refused"),
    [
        ("cities/actions.py", "cities/actions.py line 1 writes journal.Entry"),
        ("journal/queries.py", "journal/queries.py line 1 writes journal.Entry outside of its actions"),
        ("journal/actions.py", ""),
        ("journal/actions/recording.py", ""),
        ("journal/tests/test_x.py", ""),
        ("journal/migrations/0001_x.py", ""),
    ],
)
def test_a_table_is_written_from_its_own_actions_only(file: str, refused: str) -> None:
    planted: dict[str, object] = {"write": partial(refuse_foreign_write, "journal", "journal.Entry")}
    planted_code = compile("write()", str(PRODUCT / file), "exec")
    if refused:
        with pytest.raises(ForeignWrite, match=f"^{refused}$"):
            exec(planted_code, planted)
    else:
        exec(planted_code, planted)


def test_a_call_that_leaves_this_machine_fails() -> None:
    # A documentation address: nobody answers there. The refusal warns before it raises, and a warning is an error.
    with socket.socket() as outside, pytest.raises((UserWarning, SocketConnectBlockedError), match=r"192\.0\.2\.1"):
        outside.connect(("192.0.2.1", 80))


def test_a_warning_fails() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
