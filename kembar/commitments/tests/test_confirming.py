"""Both sides confirm: asked with exactly what stands there, answered, fallen when it changes, asked once more."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kembar.access.permissions import SYSTEM, NotAllowed
from kembar.cities.models import Office
from kembar.commitments import queries
from kembar.commitments.actions import (
    Outcome,
    Voided,
    WrongMove,
    amend,
    as_promised,
    ask_partner,
    keep,
    keep_round,
    reopen,
    start,
    take_answer,
    translate,
    void,
)
from kembar.commitments.models import Commitment
from kembar.commitments.tests.promising import accepted, asked, confirmed, contact, file, now, says, to, translated
from kembar.countersign.actions.answering import ContentChanged, Said, SettledBefore, WrongAnswer, settle
from kembar.countersign.actions.asking import NotComplete, WrongRequest, ask_again, revoke
from kembar.countersign.actions.visiting import RequestClosed
from kembar.countersign.models import Answer, Asked, Link, Request
from kembar.countersign.queries import (
    asked_about,
    asked_in,
    silent_requests,
    standing,
    standing_confirmations,
    to_look_at,
    unanswered,
)
from kembar.countersign.rules import WRONG_IN_ALL, changes, fingerprint
from kembar.journal.models import Entry
from kembar.languages.models import Prose
from kembar.languages.queries import original_hash
from kembar.lib.dates import parse_edtf
from kembar.people.actions.contacts import void_contact
from tests.members import letters, office
from tests.personas import dewi, jihoon, pak_hadi, sari

pytestmark = pytest.mark.django_db
DONE = Outcome(on=parse_edtf("2026-08"), evidence="Twenty pupils flew on 17 August.")


@pytest.fixture
def bandung() -> Office:
    return office("bandung")


def fresh(row: Commitment) -> Commitment:
    return queries.by_key(row.key, office_id=row.office_id)


def changed(row: Commitment, **given: Any) -> Commitment:
    row = fresh(row)
    return amend(row, by=SYSTEM, promised=replace(as_promised(row), **given), seen=row.version)


def test_the_partner_confirms_word_for_word_what_went_out(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    request = asked(row)
    given = says(row, request, "confirm")
    [sent] = Asked.objects.all()
    assert given.fingerprint == sent.fingerprint == fingerprint(now(row)) == fingerprint(given.shown)
    assert given.shown.lines[0].shown == {"id": "mengirim 20 pelajar ke Nanning", "zh-hans": "派遣20名学生"}
    assert (given.name, given.post) == ("Ibu Wei", "Head of section, Nanning FAO")
    assert (fresh(row).state, fresh(row).confirmed_at) == ("confirmed", given.at)
    verbs = Entry.objects.filter(subject=row.key, verb__startswith="confirmation.").order_by("id")
    assert [(entry.verb, entry.actor) for entry in verbs] == [
        ("confirmation.asked", "Kembar"), ("confirmation.given", "Nanning"),
    ]  # fmt: skip


def test_the_journal_names_nobody_of_the_other_side(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    says(row, asked(row), "dispute", "Ten, not twenty.")
    told = " ".join(f"{entry.actor} {entry.facts}" for entry in Entry.objects.all())
    assert [told.count(words) for words in ("Ibu Wei", "wei@", "Ten, not twenty")] == [0, 0, 0]


def test_the_letter_says_what_to_do_by_when_and_holds_neither_the_promise_nor_a_picture(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    asked(row)
    [letter] = letters()
    assert (letter.to_address, letter.language, letter.confidential) == ("wei@nanning.example", "zh-hans", True)
    assert letter.text.count("/zh/bandung/confirmations/") == 1
    assert [letter.text.count(words) for words in ("派遣20名学生", "mengirim")] == [0, 0]
    token = letter.text.partition("/confirmations/")[2].partition("/")[0]
    assert [len(token), Link.objects.filter(fingerprint=token).count()] == [43, 0]


LACKS: list[tuple[str, Callable[[Commitment], object]]] = [
    ("missing", lambda row: None),
    ("machine", lambda row: translate(
        row, by=SYSTEM, text="派遣", language="zh-hans", state="machine",
        of_hash=original_hash(row.key, field="what", office_id=row.office_id))),
    ("stale", lambda row: (translated(row), changed(row, what="mengirim 30 pelajar"))),
]  # fmt: skip


@pytest.mark.parametrize(("why", "begin"), LACKS)
def test_nobody_is_asked_to_confirm_what_is_not_whole_in_both_languages(
    bandung: Office, why: str, begin: Callable[[Commitment], object]
) -> None:
    row = accepted(bandung)
    begin(row)
    with pytest.raises(NotComplete) as caught:
        asked(row)
    assert (caught.value.why, Request.objects.count(), letters()) == (why, 0, [])


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"language": "ja"}, "language"), ({"channel": "fax"}, "language"),
        ({"answer_by": timedelta(days=2)}, "answer_by"), ({"answer_by": timedelta(days=61)}, "answer_by"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_put_is_not_put(bandung: Office, given: dict[str, Any], reason: str) -> None:
    row = accepted(bandung)
    translated(row)
    if "answer_by" in given:
        given = {"answer_by": bandung.today() + given["answer_by"]}
    with pytest.raises(WrongRequest) as caught:
        asked(row, **given)
    assert (caught.value.reason, Request.objects.count()) == (reason, 0)


def test_who_has_no_address_or_is_out_of_use_or_of_another_file_or_office_is_not_written_to(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    nobody = contact(bandung, email="")
    gone = contact(bandung, name="Pak Li")
    void_contact(gone, by=SYSTEM, reason="has left")
    gone.refresh_from_db()
    other = contact(bandung, name="Other")
    type(other).objects.filter(pk=other.pk).update(about=file(bandung, "Suwon", "KR").key)
    other.refresh_from_db()
    abroad = contact(office("daegu"))
    for person, reason in ((nobody, "email"), (gone, "contact"), (other, "contact"), (abroad, "contact")):
        with pytest.raises(WrongRequest) as caught:
            asked(row, person)
        assert caught.value.reason == reason
    assert asked(row, nobody, channel="sheet").channel == "sheet"
    assert letters() == []


def test_only_officers_ask_and_translators_only_translate(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    seen = {row.key: fingerprint(now(row))}
    addressee = to(contact(bandung))
    for stranger in (dewi(office_id=bandung.pk), pak_hadi(office_id=bandung.pk), jihoon(office_id=bandung.pk + 1)):
        with pytest.raises(NotAllowed):
            ask_partner([row], by=stranger, to=addressee, seen=seen)
    with pytest.raises(NotAllowed):
        translate(row, by=pak_hadi(office_id=bandung.pk), text="x", language="en", of_hash="")
    translate(row, by=dewi(office_id=bandung.pk), text="sending 20 pupils", language="en",
              of_hash=original_hash(row.key, field="what", office_id=bandung.pk))  # fmt: skip
    assert ask_partner([row], by=sari(office_id=bandung.pk), to=addressee, seen=seen).made_by == "Sari"


def test_what_was_changed_after_the_officer_looked_does_not_go_out(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    seen = {row.key: fingerprint(now(row))}
    changed(row, counterpart="Kota Nanning")
    with pytest.raises(ContentChanged):
        ask_partner([row], by=SYSTEM, to=to(contact(bandung)), seen=seen)
    assert letters() == []


CHANGES = {
    "the words": {"what": "mengirim 30 pelajar ke Nanning"}, "the day": {"due": parse_edtf("2027")},
    "who promised": {"side": "both"}, "a condition": {"conditional": True}, "whose": {"counterpart": "Liuzhou"},
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_lets_the_confirmation_fall_and_the_partner_is_told(bandung: Office, change: dict[str, Any]) -> None:
    row = confirmed(accepted(bandung))
    before = len(letters())
    changed(row, **change)
    [given] = Answer.objects.all()
    assert (fresh(row).state, fresh(row).confirmed_at, given.fell_why) == ("accepted", None, "changed")
    assert given.became is not None
    assert [letter.kind for letter in letters()[before:]] == ["confirmation_fell"]
    assert list(to_look_at(bandung.pk)) == [given]
    assert standing_confirmations([row.key], office_id=bandung.pk) == {}


def test_what_the_partner_does_not_read_changes_nothing(bandung: Office) -> None:
    row = confirmed(accepted(bandung))
    changed(row, owner="post:Bagian Kerja Sama")
    start(fresh(row), by=SYSTEM, seen=fresh(row).version)
    assert (fresh(row).state, fresh(row).confirmed_at is None) == ("in_progress", False)
    assert [letter.kind for letter in letters()] == ["confirmation_request"]


def test_a_kept_round_moves_the_day_and_lets_nothing_fall(bandung: Office) -> None:
    row = confirmed(accepted(bandung, recurring=True, every="P1Y"))
    keep_round(row, by=SYSTEM, outcome=DONE, seen=row.version)
    assert (fresh(row).due, fresh(row).confirmed_at is None) == (parse_edtf("2027"), False)


def test_another_translation_lets_the_confirmation_of_that_language_fall(bandung: Office) -> None:
    row = confirmed(accepted(bandung))
    translate(row, by=SYSTEM, text="sending 20 pupils", language="en",
              of_hash=original_hash(row.key, field="what", office_id=bandung.pk))  # fmt: skip
    assert fresh(row).state == "confirmed"
    translated(row, "派遣20名小学生")
    assert fresh(row).state == "accepted"
    [given] = Answer.objects.all()
    [change] = changes(given.shown, now(row))
    assert [(piece.kind, piece.text) for piece in change.pieces["zh-hans"]] == [
        ("same", "派遣20名"), ("new", "小"), ("same", "学生"),
    ]  # fmt: skip


def test_two_changes_after_one_confirmation_are_one_letter(bandung: Office) -> None:
    row = confirmed(accepted(bandung))
    changed(row, counterpart="Liuzhou")
    changed(row, counterpart="Guilin")
    assert [letter.kind for letter in letters()] == ["confirmation_request", "confirmation_fell"]


def test_a_text_changed_between_opening_and_confirming_is_refused_with_what_stands_now(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    request = asked(row)
    seen = fingerprint(now(row))
    changed(row, due=parse_edtf("2027"))
    [one] = asked_in(request)
    with pytest.raises(ContentChanged) as caught:
        take_answer(row, asked=one, said=Said(reply="confirm", seen=seen))
    assert [change.code for change in changes(one.shown, caught.value.now)] == ["due"]
    assert (Answer.objects.count(), fresh(row).state) == (0, "accepted")
    assert says(row, request, "confirm").fingerprint != seen


def test_whoever_changes_their_mind_takes_the_confirmation_back_and_gives_it_again(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    request = asked(row)
    says(row, request, "confirm")
    says(row, request, "dispute", "Ten, not twenty.")
    assert (fresh(row).state, fresh(row).confirmed_at) == ("accepted", None)
    assert [given.reply for given in to_look_at(bandung.pk)] == ["dispute"]
    says(row, request, "confirm")
    assert (fresh(row).state, list(to_look_at(bandung.pk))) == ("confirmed", [])
    assert list(Answer.objects.order_by("id").values_list("reply", "fell_why")) == [
        ("confirm", "withdrawn"), ("dispute", ""), ("confirm", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("reply", ["dispute", "kept"])
def test_whoever_answers_to_the_new_text_is_not_waited_for_on_the_old_one_as_well(bandung: Office, reply: str) -> None:
    row = accepted(bandung)
    translated(row)
    request = asked(row)
    says(row, request, "confirm")
    changed(row, due=parse_edtf("2027"))
    assert [one.reply for one in to_look_at(bandung.pk)] == ["confirm"]
    given = says(fresh(row), request, reply, "Ten, not twenty.")
    assert list(to_look_at(bandung.pk)) == [given]


@pytest.mark.parametrize(
    ("actor", "shown"),
    [
        ("Bandung", "Bandung"),
        ("BANDUNG", "Bandung"),
        ("Pemkot", "Bandung (Pemkot)"),
        ("Nanning", "Bandung (Nanning)"),
    ],
)
def test_who_promised_is_named_once(bandung: Office, actor: str, shown: str) -> None:
    [by] = [line for line in now(accepted(bandung, actor=actor)).lines if line.code == "by"]
    assert (by.shown["id"], by.meaning) == (shown, f"own|{actor}")


def test_the_same_answer_twice_is_one_answer(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    request = asked(row)
    assert says(row, request, "confirm") == says(row, request, "confirm")
    assert Answer.objects.count() == 1


def test_whoever_is_asked_anew_is_heard_anew_though_they_say_the_same(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    first = asked(row)
    confirm = says(row, first, "confirm")
    second = asked(row)
    again = says(row, second, "confirm")
    assert [one.asked.request_id for one in (confirm, again)] == [first.pk, second.pk]
    [point] = asked_in(second)
    assert (standing(point, today=bandung.today()), fresh(row).confirmed_at) == ("confirmed", confirm.at)


def test_an_objection_repeated_after_the_answer_of_the_office_waits_for_it_again(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    request = asked(row)
    settle(says(row, request, "dispute", "Ten, not twenty."), by=SYSTEM, words="二十，见第三条。")
    again = says(row, request, "dispute", "Ten, not twenty.")
    assert says(row, request, "dispute", "Ten, not twenty.") == again
    assert list(to_look_at(bandung.pk)) == [again]


def test_the_office_and_the_other_side_never_wait_for_each_other(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    given = says(row, asked(row), "dispute", "Ten, not twenty.")
    with CaptureQueriesContext(connection) as said:
        settle(given, by=SYSTEM, words="二十，见第三条。")
    asks = [query["sql"] for query in said.captured_queries]
    locks = next(number for number, sql in enumerate(asks) if 'FROM "countersign_request"' in sql)
    writes = next(number for number, sql in enumerate(asks) if sql.startswith('UPDATE "countersign_answer"'))
    assert (locks < writes, asks[locks].count("FOR UPDATE")) == (True, int(connection.vendor == "postgresql"))


def test_no_letter_leads_to_a_page_that_was_tried_too_often(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    given = says(row, asked(row), "dispute", "Ten, not twenty.")
    Request.objects.update(wrong_in_all=WRONG_IN_ALL)
    assert settle(given, by=SYSTEM, words="二十，见第三条。").settled_by == "Kembar"
    assert [letter.kind for letter in letters()] == ["confirmation_request"]


def test_an_objection_needs_words_and_the_answer_of_the_office_reaches_the_partner(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    request = asked(row)
    with pytest.raises(WrongAnswer):
        says(row, request, "dispute", " \u200b")
    given = says(row, request, "dispute", "Ten, not twenty.")
    with pytest.raises(WrongAnswer):
        settle(given, by=SYSTEM, words="")
    settled = settle(given, by=SYSTEM, words="您说得对。")
    assert (settled.settled_by, settled.settled_words, list(to_look_at(bandung.pk))) == ("Kembar", "您说得对。", [])
    assert [letter.kind for letter in letters()] == ["confirmation_request", "confirmation_replied"]
    with pytest.raises(SettledBefore):
        settle(given, by=SYSTEM, words="twice")


def test_kept_by_the_partners_word_waits_for_the_evidence_of_the_office(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    request = asked(row)
    given = says(row, request, "kept", "They arrived in August.")
    assert (fresh(row).state, list(to_look_at(bandung.pk))) == ("accepted", [given])
    keep(fresh(row), by=SYSTEM, outcome=DONE, seen=row.version)
    with pytest.raises(WrongMove):
        says(row, request, "confirm")
    assert says(row, request, "dispute", "No, they did not.").reply == "dispute"


def test_a_promise_taken_up_again_is_confirmed_as_it_was(bandung: Office) -> None:
    row = confirmed(accepted(bandung))
    kept = keep(row, by=SYSTEM, outcome=DONE, seen=row.version)
    assert reopen(kept, by=SYSTEM, reason="too early", seen=kept.version).state == "confirmed"


def test_a_voided_promise_and_a_question_taken_back_can_no_longer_be_answered(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    request = asked(row)
    revoke(request, by=SYSTEM)
    with pytest.raises(RequestClosed):
        says(row, request, "confirm")
    other = asked(row)
    void(row, by=SYSTEM, reason="entered twice", seen=row.version)
    with pytest.raises(Voided):
        says(row, other, "confirm")
    assert revoke(request, by=SYSTEM) is False


def test_a_newer_question_to_the_same_person_takes_the_older_back(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    wei = contact(bandung)
    first, second = asked(row, wei), asked(row, wei)
    first.refresh_from_db()
    assert [first.revoked_at is None, second.revoked_at is None] == [False, True]
    assert [letter.state for letter in letters()] == ["dropped", "waiting"]


def test_whoever_confirmed_twice_has_one_letter_when_it_changes(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    wei = contact(bandung)
    says(row, asked(row, wei), "confirm")
    last = asked(row, wei)
    says(row, last, "confirm")
    changed(row, due=parse_edtf("2027"))
    fallen = [letter for letter in letters() if letter.kind == "confirmation_fell"]
    assert [letter.pk for letter in fallen] == [Link.objects.filter(request=last).order_by("-id")[0].letter_id]
    assert Answer.objects.filter(fell_at__isnull=True).count() == 0


def test_what_reads_otherwise_now_is_held_by_its_requests_before_its_answers(bandung: Office) -> None:
    row = confirmed(accepted(bandung))
    with CaptureQueriesContext(connection) as said:
        changed(row, due=parse_edtf("2027"))
    asks = [query["sql"] for query in said.captured_queries]
    locks = next(number for number, sql in enumerate(asks) if 'FROM "countersign_request"' in sql)
    reads = next(number for number, sql in enumerate(asks) if sql.startswith("SELECT") and '"fell_why"' in sql)
    assert (locks < reads, asks[locks].count("FOR UPDATE")) == (True, int(connection.vendor == "postgresql"))


def test_two_officers_who_ask_about_the_same_promises_never_wait_for_each_other(bandung: Office) -> None:
    rows = [accepted(bandung), accepted(bandung, what="menerima 10 guru")]
    for row in rows:
        translated(row)
    addressee, seen = to(contact(bandung)), {row.key: fingerprint(now(row)) for row in rows}
    with CaptureQueriesContext(connection) as said:
        request = ask_partner(rows[::-1], by=SYSTEM, to=addressee, seen=seen)
    first = [
        re.findall(r'"commitments_commitment"."id" = (\d+)', query["sql"])
        for query in said.captured_queries
        if query["sql"].startswith("SELECT") and '"commitments_commitment"."id" = ' in query["sql"]
    ]
    assert first == [[str(row.pk)] for row in rows]
    assert [one.subject for one in asked_in(request)] == [row.key for row in rows[::-1]]


def test_silence_is_asked_once_more_and_then_shown(bandung: Office) -> None:
    row = accepted(bandung)
    translated(row)
    request = asked(row)
    later = timezone.now()
    assert ask_again(request, by=SYSTEM, now=later) is False
    past = bandung.today() - timedelta(days=1)
    Request.objects.update(answer_by=past)
    assert list(silent_requests(later)) == [request]
    assert [ask_again(request, by=SYSTEM, now=later) for _ in range(2)] == [True, False]
    assert [letter.kind for letter in letters()] == ["confirmation_request", "confirmation_again"]
    request.refresh_from_db()
    assert request.answer_by == bandung.today() + timedelta(days=7)
    [one] = asked_about(row.key, office_id=bandung.pk)
    assert standing(one, today=bandung.today()) == "asked_again"
    assert list(unanswered(bandung.pk, today=bandung.today())) == []
    days_on = bandung.today() + timedelta(days=8)
    assert (standing(one, today=days_on), list(unanswered(bandung.pk, today=days_on))) == ("silent", [one])
    assert Link.objects.count() == 2


@pytest.mark.parametrize("deed", ["keep", "void"])
def test_nobody_is_asked_again_about_what_has_been_settled(bandung: Office, deed: str) -> None:
    row = accepted(bandung)
    translated(row)
    request = asked(row)
    Request.objects.update(answer_by=bandung.today() - timedelta(days=1))
    if deed == "keep":
        keep(row, by=SYSTEM, outcome=DONE, seen=row.version)
    else:
        void(row, by=SYSTEM, reason="entered twice", seen=row.version)
    later = timezone.now()
    assert (list(silent_requests(later)), ask_again(request, by=SYSTEM, now=later)) == ([], False)
    [one] = asked_about(row.key, office_id=bandung.pk)
    days_on = bandung.today() + timedelta(days=60)
    assert (standing(one, today=days_on), list(unanswered(bandung.pk, today=days_on))) == ("closed", [])


def test_the_original_is_there_for_the_translator_as_soon_as_a_promise_is_accepted(bandung: Office) -> None:
    row = accepted(bandung, language="ko", what="학생 20명 파견")
    [prose] = Prose.objects.filter(subject=row.key)
    assert (prose.language, prose.text, prose.state) == ("ko", "학생 20명 파견", "original")
