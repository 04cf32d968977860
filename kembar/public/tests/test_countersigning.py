"""The other side answers without an account: link, code, both languages, one answer each; nothing else, for nobody."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kembar.access.permissions import SYSTEM
from kembar.cities.models import Office
from kembar.commitments.actions import (
    Keepers,
    Promised,
    accept,
    add,
    amend,
    as_promised,
    ask_partner,
    translate,
    void,
)
from kembar.commitments.content import content_of
from kembar.commitments.models import Commitment
from kembar.commitments.queries import by_key
from kembar.countersign.actions.answering import settle
from kembar.countersign.actions.asking import Addressee, revoke
from kembar.countersign.models import Answer, Request
from kembar.countersign.queries import standing, unanswered
from kembar.countersign.rules import fingerprint
from kembar.languages.queries import original_hash
from kembar.lib.dates import parse_edtf
from kembar.mailbox.models import Letter
from kembar.partnerships.models import Partnership
from kembar.partnerships.queries import file
from kembar.people.actions.contacts import Reach, add_contact
from kembar.public.tests import reading
from kembar.sources.actions import DocumentFacts, keep_document

pytestmark = pytest.mark.django_db
WHAT, THEIRS = "mengirim 20 pelajar ke Suwon", "수원에 학생 20명을 보낸다"
SENTENCE = "Pemkot Bandung akan mengirim 20 pelajar ke Suwon."


@pytest.fixture
def suwon(bandung: Office) -> Partnership:
    return file("suwon", office_id=bandung.pk)


def promise(suwon: Partnership, what: str = WHAT, theirs: str = THEIRS, **given: Any) -> Commitment:
    facts = DocumentFacts(title="Antara", published=parse_edtf("2025-03-26"), language="id")
    document = keep_document(facts, by=SYSTEM, office_id=suwon.office_id)
    known: dict[str, Any] = {"sentence": SENTENCE, "due": parse_edtf("2950"), "side": "own"}
    row = add(Promised(what=what, **(known | given)), by=SYSTEM, partnership=suwon, document=document)
    row = accept(row, by=SYSTEM, keepers=Keepers(owner="account:1", deputy="post:Dinas Pendidikan"), seen=1)
    of_hash = original_hash(row.key, field="what", office_id=row.office_id)
    translate(row, by=SYSTEM, text=theirs, language="ko", of_hash=of_hash)
    return row


def content(row: Commitment) -> str:
    return fingerprint(content_of(by_key(row.key, office_id=row.office_id), languages=("id", "ko")))


def asked(suwon: Partnership, *rows: Commitment) -> str:
    """Kim of Suwon is asked; the address in the letter, below the site's."""
    kim = add_contact(
        Reach(name="Kim Contoh", post="Officer", email="kim@suwon.example"), by=SYSTEM, office=suwon.office,
        about=suwon.key,
    )  # fmt: skip
    to = Addressee(kim, "link", "id", "ko", suwon.office.today() + timedelta(days=14))
    ask_partner(list(rows), by=SYSTEM, to=to, seen={row.key: content(row) for row in rows})
    return link()


def link() -> str:
    letter = Letter.objects.exclude(kind="confirmation_code").order_by("-id")[0]
    return re.findall(r"http://[^/]+(/ko/bandung/confirmations/[^/]+/)", letter.text)[0]


def code() -> str:
    letter = Letter.objects.filter(kind="confirmation_code").order_by("-id")[0]
    return re.findall(r"\b\d{6}\b", letter.text)[0]


def enter(client: Client, address: str) -> None:
    assert client.post(f"{address}code/").status_code == 302
    assert client.post(f"{address}enter/", {"code": code()}).status_code == 302


def say(client: Client, address: str, reply: str, words: str = "", seen: str = "") -> Any:
    page = client.get(address).content.decode()
    [action] = re.findall(r'action="([^"]+/answer/)"', page)
    [shown] = re.findall(r'name="seen" value="(\w+)"', page)
    return client.post(action, {"reply": reply, "words": words, "seen": seen or shown})


def test_nothing_is_shown_before_the_code_and_both_languages_after_it(client: Client, suwon: Partnership) -> None:
    address = asked(suwon, promise(suwon))
    door = client.get(address).content.decode()
    assert [door.count(words) for words in (WHAT, THEIRS, SENTENCE, "Kim", "suwon.example")] == [0, 0, 0, 0, 0]
    enter(client, address)
    page = client.get(address)
    shown = reading.text(page.content.decode())
    assert [shown.count(words) for words in (f" {WHAT} ", THEIRS, SENTENCE)] == [1, 1, 1]
    assert page.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_one_code_opens_every_promise_of_the_letter(client: Client, suwon: Partnership) -> None:
    address = asked(suwon, promise(suwon), promise(suwon, "membuka kelas bahasa", "언어 강좌를 연다"))
    enter(client, address)
    page = client.get(address).content.decode()
    assert [page.count(THEIRS), page.count("언어 강좌를 연다"), page.count('class="sheet point"')] == [1, 1, 2]


def test_a_confirmed_promise_is_public_and_says_so(client: Client, suwon: Partnership) -> None:
    row = promise(suwon, side="partner")
    address = asked(suwon, row)
    promises = "/en/bandung/partners/suwon/promises/"
    assert client.get(promises).content.decode().count(WHAT[1:]) == 0
    enter(client, address)
    answer = say(client, address, "confirm")
    assert (answer.status_code, answer.headers["Location"].partition("#")[2][:6]) == (302, "point-")
    assert by_key(row.key, office_id=row.office_id).state == "confirmed"
    told = reading.text(Client().get(promises).content.decode())
    assert [told.count(f"M{WHAT[1:]} "), told.count("Confirmed by the partner."), told.count("Not yet")] == [1, 1, 0]


def test_the_promise_page_says_it_in_the_language_of_the_reader(client: Client, suwon: Partnership) -> None:
    promise(suwon)
    korean, indonesian = (
        client.get(f"/{code}bandung/partners/suwon/promises/").content.decode() for code in ("ko/", "")
    )
    assert [korean.count(f'<h3 lang="ko">{THEIRS}</h3>'), indonesian.count('<h3 lang="id">Mengirim 20')] == [1, 1]


def test_a_forwarded_link_is_useless_without_the_code(client: Client, suwon: Partnership) -> None:
    address = asked(suwon, promise(suwon))
    enter(client, address)
    stranger = Client()
    assert stranger.get(address).content.decode().count(THEIRS) == 0
    [action] = re.findall(r'action="([^"]+/answer/)"', client.get(address).content.decode())
    refused = stranger.post(action, {"reply": "confirm"})
    assert (refused.status_code, Answer.objects.count(), refused.content.decode().count(THEIRS)) == (403, 0, 0)


def test_a_link_used_twice_asks_for_a_new_code_and_the_same_answer_counts_once(
    client: Client, suwon: Partnership
) -> None:
    row = promise(suwon)
    address = asked(suwon, row)
    enter(client, address)
    [action] = re.findall(r'action="([^"]+/answer/)"', client.get(address).content.decode())
    sent = {"reply": "confirm", "words": "", "seen": content(row)}
    assert [client.post(action, sent).status_code for _ in range(2)] == [302, 302]
    second = Client()
    assert second.get(address).content.decode().count(THEIRS) == 0
    enter(second, address)
    page = second.get(address).content.decode()
    assert (page.count(f">{THEIRS}"), page.count('value="confirm"')) == (1, 0)
    assert (second.post(action, sent).status_code, Answer.objects.count()) == (302, 1)


def test_a_code_works_once_and_not_after_its_time(client: Client, suwon: Partnership) -> None:
    address = asked(suwon, promise(suwon))
    enter(client, address)
    again = Client().post(f"{address}enter/", {"code": code()})
    assert (again.status_code, again.content.decode().count("더 이상 쓸 수 없는 코드입니다")) == (400, 1)
    client.post(f"{address}code/")
    Request.objects.update(code_sent_at=timezone.now() - timedelta(minutes=16))
    assert Client().post(f"{address}enter/", {"code": code()}).status_code == 400


def test_five_wrong_codes_shut_the_page_also_for_the_right_one(client: Client, suwon: Partnership) -> None:
    address = asked(suwon, promise(suwon))
    client.post(f"{address}code/")
    wrong = f"{(int(code()) + 1) % 10**6:06d}"
    answers = [client.post(f"{address}enter/", {"code": wrong}).status_code for _ in range(5)]
    assert answers == [400, 400, 400, 400, 429]
    assert client.post(f"{address}enter/", {"code": code()}).status_code == 429
    assert client.post(f"{address}code/").status_code == 429
    Request.objects.update(locked_until=timezone.now())
    enter(client, address)


def test_twenty_codes_are_refused_after_five(client: Client, suwon: Partnership) -> None:
    address = asked(suwon, promise(suwon))
    answers = [client.post(f"{address}code/").status_code for _ in range(20)]
    assert answers == [302] * 5 + [429] * 15
    assert Letter.objects.filter(kind="confirmation_code", state="waiting").count() == 1
    refused = client.post(f"{address}code/").content.decode()
    assert refused.count("코드를 너무 많이 보냈습니다") == 1


def test_twenty_wrong_codes_shut_the_link_for_good(client: Client, suwon: Partnership) -> None:
    address = asked(suwon, promise(suwon))
    client.post(f"{address}code/")
    Request.objects.update(wrong_in_all=19)
    wrong = f"{(int(code()) + 1) % 10**6:06d}"
    shut = client.post(f"{address}enter/", {"code": wrong})
    assert (shut.status_code, client.get(address).status_code) == (410, 410)
    [told] = unanswered(suwon.office_id, today=suwon.office.today())
    assert standing(told, today=suwon.office.today()) == "shut"


CLOSED = {"ko": "이 메일에는 더 이상 답할 수 없습니다", "": "Surat ini tidak dapat dijawab lagi",
          "en": "This letter can no longer be answered", "zh": "此邮件已无法答复"}  # fmt: skip


@pytest.mark.parametrize(("prefix", "words"), CLOSED.items())
def test_an_expired_and_a_revoked_link_say_so_in_four_languages(
    client: Client, suwon: Partnership, prefix: str, words: str
) -> None:
    address = asked(suwon, promise(suwon)).replace("/ko/", f"/{prefix}/" if prefix else "/")
    [request] = Request.objects.all()
    revoke(request, by=SYSTEM)
    first = client.get(address)
    Request.objects.update(revoked_at=None, expires_at=timezone.now())
    second = client.post(f"{address}code/")
    for page in (first, second):
        assert (page.status_code, page.content.decode().count(f"<h1>{words}</h1>")) == (410, 1)
    assert first.content != second.content


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_guessed_link_and_one_of_another_office_lead_nowhere(
    client: Client, suwon: Partnership, bandung: Office, method: str
) -> None:
    address = asked(suwon, promise(suwon))
    guessed = address[:-8] + "AAAAAAA/"
    tail = "" if method == "get" else "code/"
    page = getattr(client, method)(f"{guessed}{tail}")
    assert (page.status_code, page.content.decode().count("이 주소로 열리는 것이 없습니다")) == (404, 2)
    assert client.get(address.replace("/bandung/", "/daegu/")).status_code == 404


def test_a_text_changed_while_it_was_read_is_refused_and_shows_the_change(client: Client, suwon: Partnership) -> None:
    row = promise(suwon)
    address = asked(suwon, row)
    enter(client, address)
    seen = content(row)
    amend(row, by=SYSTEM, promised=replace(as_promised(row), due=parse_edtf("2951")), seen=row.version)
    refused = say(client, address, "confirm", words="좋습니다", seen=seen)
    html = refused.content.decode()
    assert (refused.status_code, Answer.objects.count()) == (409, 0)
    assert [html.count("<del>2950</del>"), html.count("<ins>2951</ins>"), html.count(">좋습니다</textarea>")] == [
        1,
        1,
        1,
    ]
    assert say(client, address, "confirm").status_code == 302


def test_a_fallen_confirmation_is_shown_word_by_word_and_given_again(client: Client, suwon: Partnership) -> None:
    row = promise(suwon)
    address = asked(suwon, row)
    enter(client, address)
    say(client, address, "confirm")
    row = by_key(row.key, office_id=row.office_id)
    amend(row, by=SYSTEM, promised=replace(as_promised(row), what="mengirim 30 pelajar ke Suwon"), seen=row.version)
    address = link()
    enter(client, address)
    html = client.get(address).content.decode()
    assert [html.count("확인하신 내용과 다릅니다"), html.count("<del>20</del> <ins>30</ins>")] == [1, 1]
    assert html.count('value="confirm"') == 0
    of_hash = original_hash(row.key, field="what", office_id=row.office_id)
    translate(row, by=SYSTEM, text="수원에 학생 30명을 보낸다", language="ko", of_hash=of_hash)
    assert client.get(address).content.decode().count("<del>20명을</del> <ins>30명을</ins>") == 1
    say(client, address, "confirm")
    assert by_key(row.key, office_id=row.office_id).state == "confirmed"


def test_the_page_asks_again_once_the_office_has_answered_an_objection(client: Client, suwon: Partnership) -> None:
    asked(suwon, promise(suwon))
    address = link()
    enter(client, address)
    say(client, address, "dispute", "스무 명이 아니라 열 명입니다.")
    assert client.get(address).context["left"] == 0
    settle(Answer.objects.get(), by=SYSTEM, words="회의록에는 스무 명입니다.")
    assert client.get(address).context["left"] == 1


def test_an_objection_without_words_is_asked_for_them(client: Client, suwon: Partnership) -> None:
    address = asked(suwon, promise(suwon))
    enter(client, address)
    refused = say(client, address, "dispute")
    assert (refused.status_code, Answer.objects.count()) == (400, 0)
    assert say(client, address, "dispute", "열 명입니다").status_code == 302
    assert client.get(address).content.decode().count("<q>열 명입니다</q>") == 1


def test_who_changes_their_mind_confirms_after_all(client: Client, suwon: Partnership) -> None:
    row = promise(suwon)
    address = asked(suwon, row)
    enter(client, address)
    for reply in ("confirm", "dispute", "confirm"):
        say(client, address, reply, "열 명입니다" if reply == "dispute" else "")
    assert list(Answer.objects.order_by("id").values_list("reply", "fell_why")) == [
        ("confirm", "withdrawn"), ("dispute", ""), ("confirm", ""),
    ]  # fmt: skip


def test_what_the_office_voided_can_no_longer_be_answered(client: Client, suwon: Partnership) -> None:
    row = promise(suwon)
    address = asked(suwon, row)
    enter(client, address)
    [action] = re.findall(r'action="([^"]+/answer/)"', client.get(address).content.decode())
    void(row, by=SYSTEM, reason="twice", seen=row.version)
    refused = client.post(action, {"reply": "confirm", "seen": content(row)})
    assert (refused.status_code, Answer.objects.count()) == (409, 0)
    assert client.get(address).content.decode().count("담당 부서가 이 항목을 철회했습니다") == 1


def test_the_visit_ends_when_it_is_closed_and_after_an_hour(client: Client, suwon: Partnership) -> None:
    address = asked(suwon, promise(suwon))
    enter(client, address)
    client.post(f"{address}leave/")
    assert client.get(address).content.decode().count(THEIRS) == 0
    enter(client, address)
    session = client.session
    session["confirmation-visits"] = {key: timezone.now().isoformat() for key in session["confirmation-visits"]}
    session.save()
    assert client.get(address).content.decode().count(THEIRS) == 0


def test_many_points_cost_as_many_queries_as_one(client: Client, suwon: Partnership) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (1, 3):
        rows = [promise(suwon, f"janji {number} {index}", f"약속 {number} {index}") for index in range(number)]
        address = asked(suwon, *rows)
        enter(client, address)
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        counts.append(len(caught))
    assert counts[0] == counts[1]
