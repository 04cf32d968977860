"""The digest: what stands in it, for whom, when, and that nothing is told twice or to anybody who may not see it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kembar.access.permissions import SYSTEM, Actor, Role
from kembar.agreements.actions import import_claims
from kembar.cities.models import Office
from kembar.commitments.models import Commitment
from kembar.journal.models import Entry
from kembar.lib.dates import parse_edtf
from kembar.mailbox.models import Letter
from kembar.mailbox.rules import as_html
from kembar.mailbox.states import LetterState
from kembar.people.actions.members import end_membership, give_role
from kembar.people.models import Account, Membership
from kembar.procedure.actions import Planned, decide_letter, open_case
from kembar.procedure.queries.renewals import stale_letters
from kembar.reminders.actions import choose, set_limits
from kembar.reminders.models import Choice, Digest, Found
from kembar.reminders.rules import Limits
from kembar.reminders.tests.conftest import NIGHT, TODAY, enters, items, mails, night
from tests.members import office

pytestmark = pytest.mark.django_db
Make = Callable[..., Commitment]
CLAIMS = (
    "city,country,partnership_kind,event,date,precision,edtf,instrument,sectors_or_note,source,confidence,decision,"
    "reason\n"
    "Nanning,CN,sister,MoU signed,2020-12-01,day,2020-12-01,MoU,,a page,high,accepted,\n"
    "Nanning,CN,sister,term of the 2020 MoU,,,,MoU,P7Y,a page,high,accepted,\n"
    "Cuenca,EC,sister,LoI signed,2025-12-01,day,2025-12-01,LoI,,a page,high,accepted,\n"
)


def daily(person: Account) -> None:
    """Chosen before the nights of these tests, whatever day it is today."""
    choose("daily", by=Actor(person.pk, person.name))
    Choice.objects.filter(account=person).update(changed_at=NIGHT - timedelta(days=1))


def test_it_says_what_to_do_by_when_with_one_address_a_line(sari: Account, promise: Make) -> None:
    late, soon = promise(sari, due="2026-11-20"), promise(sari, due="2026-12-01", what="menyusun laporan")
    night()
    [letter] = mails()
    assert letter.heading == "Kembar – Overdue: 1 · Due within 30 days: 1"
    assert letter.text.splitlines()[:8] == [
        "Dear Sari,",
        "",
        "What waits for you on Monday, 23 November 2026:",
        "",
        "Overdue",
        "- Mengirim 20 pelajar (Nanning). Due: 20 November 2026; days overdue: 3. "
        f"http://localhost:8000/en/bandung/desk/commitments/{late.pk}/",
        "",
        "Due within 30 days",
    ]
    assert (letter.to_address, letter.language, letter.office_id) == (sari.email, "en", None)
    # At six in Bandung, and with a way to leave.
    assert letter.next_try_at == max(datetime(2026, 11, 22, 23, tzinfo=UTC), letter.written_at)
    assert letter.unsubscribe.startswith("http://localhost:8000/en/account/digest/leave/")
    html = as_html(letter.text, language="en", heading=letter.heading)
    link = f'<a href="http://localhost:8000/en/bandung/desk/commitments/{soon.pk}/">Menyusun laporan (Nanning). '
    assert (html.count(link), html.count("<img"), html.count("http://localhost:8000/en/account/digest/")) == (1, 0, 2)


def test_it_speaks_the_language_of_its_reader(sari: Account, promise: Make) -> None:
    Account.objects.filter(pk=sari.pk).update(language="ko")
    promise(sari, due="2026-11-20")
    night()
    [letter] = mails()
    assert letter.heading == "Kembar – 기한 경과: 1"
    assert items(letter) == ["Mengirim 20 pelajar(난닝). 기한: 2026년 11월 20일, 3일 경과."]


def test_twice_in_a_night_or_after_a_night_that_was_missed_it_comes_once(sari: Account, promise: Make) -> None:
    promise(sari, due="2026-11-20")
    told = [night().digests, night().digests, night(1).digests]
    assert (told, night(9).digests, night(10).digests) == ([1, 0, 0], 1, 0)
    assert [str(row.on) for row in Digest.objects.order_by("on")] == ["2026-11-23", "2026-12-02"]


def test_where_nothing_waits_no_letter_comes(sari: Account, promise: Make) -> None:
    promise(sari, due="2028-01-01")
    assert (night().empty, mails()) == (1, [])
    # Somebody who wants one a week is not written to on Thursday because something came up on Thursday.
    promise(sari, due="2026-11-26", sentence="Pemkot Bandung akan hadir.")
    assert (night(3).digests, night(7).digests) == (0, 1)


def test_a_date_known_to_the_month_is_overdue_only_after_its_last_day(sari: Account, promise: Make) -> None:
    for number, due in enumerate(("2026-10", "2026-11", "2026")):
        promise(sari, due=due, what=f"janji {number}", sentence=f"Kalimat {number}.")
    night()
    assert items(mails()[0]) == [
        "Janji 0 (Nanning). Due: October 2026; days overdue: 23.",
        "Janji 1 (Nanning). Due: November 2026.",
    ]


def test_the_deputy_reads_it_too_and_is_told_so(sari: Account, budi: Account, promise: Make) -> None:
    promise(sari, deputy=budi, due="2026-11-30")
    night()
    [letter] = mails(to=budi)
    assert items(letter) == ["Mengirim 20 pelajar (Nanning). Due: 30 November 2026. You are the deputy."]


def test_what_nobody_does_goes_to_the_deputy_then_to_the_head_each_once(
    sari: Account, budi: Account, ratna: Account, promise: Make
) -> None:
    row = promise(sari, deputy=budi, due="2026-11-20")
    found = [night(days).found for days in (0, 3, 4, 5, 17, 18, 19)]
    assert found == [0, 0, 1, 0, 0, 1, 0]
    # Neither waits for their Monday: on Friday the deputy, on the Friday after next the head.
    assert {one.unsubscribe for one in mails() if one.kind == "digest_urgent"} == {""}
    assert [(one.to_address, one.kind) for one in mails() if one.kind == "digest_urgent"] == [
        (budi.email, "digest_urgent"),
        (ratna.email, "digest_urgent"),
    ]
    assert items(mails(to=ratna)[-1]) == [
        "Mengirim 20 pelajar (Nanning). Due: 20 November 2026; days overdue: 21. Owner: Sari."
    ]
    passed = Entry.objects.filter(verb="commitment.passed_on", subject=row.key).order_by("id")
    assert [entry.facts["passed_to"] for entry in passed] == ["deputy", "head"]
    # Another day agreed on is another promise to be late with.
    Commitment.objects.filter(pk=row.pk).update(due=parse_edtf("2026-12-05"), due_latest=date(2026, 12, 5))
    assert [night(days).found for days in (18, 19, 20)] == [0, 1, 0]


def test_an_office_sets_the_days_itself(bandung: Office, sari: Account, ratna: Account, promise: Make) -> None:
    set_limits(bandung, by=SYSTEM, limits=Limits(deputy_after=None, head_after=3, soon=2))
    promise(sari, due="2026-11-20")
    promise(sari, due="2026-11-26", sentence="Pemkot Bandung akan hadir.")
    night()
    assert [len(items(one)) for one in (*mails(to=sari), *mails(to=ratna))] == [1, 1]
    assert mails(to=ratna)[0].heading == "Kembar – Passed on to you: 1"


def test_a_promise_whose_owner_left_goes_to_the_head_at_once_and_once(
    sari: Account, ratna: Account, promise: Make
) -> None:
    promise(sari, due="2028-05")
    Membership.objects.filter(account=sari).update(until=date(2026, 11, 20))
    assert [night(days).found for days in (0, 1)] == [1, 0]
    assert [items(one) for one in mails()] == [
        ["Name a new owner, Sari has left the office: Mengirim 20 pelajar (Nanning). Due: May 2028."]
    ]


def test_nobody_is_told_of_what_they_may_not_see(bandung: Office, promise: Make) -> None:
    daegu = office("daegu")
    stranger, clerk = enters("Jihoon", Role.HEAD, daegu), enters("Togar", Role.ADMINISTRATOR, bandung)
    reader, locked = enters("Hadi", Role.READER, bandung), enters("Wati", Role.OFFICER, bandung)
    Authenticator.objects.filter(user=locked).delete()
    for number, person in enumerate((stranger, clerk, locked)):
        promise(person, due="2026-11-30", sentence=f"Kalimat {number}.")
    open_case(
        Planned(kind="new_tie", subject="Kota kembar", opened_on=parse_edtf("2026-01-05")), by=SYSTEM,
        partnership=Commitment.objects.filter(office=bandung).earliest("pk").partnership, confirmed=("level_differs",),
    )  # fmt: skip
    night()
    # The stranger's promise lies in Bandung's file; the head of Daegu sees none of it, and nobody else has a task.
    assert mails() == []
    give_role(reader, by=SYSTEM, office=bandung, role=Role.OFFICER, since=date(2020, 1, 1))
    night(7)
    assert [(one.to_address, one.heading) for one in mails()] == [
        (reader.email, "Kembar – Cases lying with your office: 1")
    ]


def test_a_letter_that_has_not_left_does_not_go_to_somebody_who_left_the_office(
    bandung: Office, sari: Account, ratna: Account, promise: Make
) -> None:
    promise(sari, due="2026-11-30")
    night()
    end_membership(Membership.objects.get(account=sari), by=SYSTEM)
    Membership.objects.filter(account=sari).update(until=TODAY)  # that day, whatever day the tests run on
    assert [one.state for one in mails(to=sari)] == [LetterState.DROPPED]
    assert (night(7).digests, mails(to=sari)[1:]) == (1, [])


def test_somebody_who_gives_up_one_of_several_roles_keeps_the_letter_of_that_day(
    bandung: Office, sari: Account, promise: Make
) -> None:
    promise(sari, due="2026-11-30")
    second = give_role(sari, by=SYSTEM, office=bandung, role=Role.READER, since=date(2020, 1, 1))
    night()
    assert end_membership(second, by=SYSTEM) is True
    assert [one.state for one in mails(to=sari)] == [LetterState.WAITING]


def test_somebody_who_leaves_one_of_two_offices_is_told_the_rest_anew(
    bandung: Office, sari: Account, promise: Make
) -> None:
    daegu = office("daegu")
    give_role(sari, by=SYSTEM, office=daegu, role=Role.OFFICER, since=date(2020, 1, 1))
    promise(sari, due="2026-11-30", what="janji Bandung")
    promise(sari, due="2026-11-30", what="janji Daegu", office=daegu)
    night()
    end_membership(Membership.objects.get(account=sari, office=bandung), by=SYSTEM)
    Membership.objects.filter(account=sari, office=bandung).update(until=date(2026, 11, 22))
    assert [(night().digests, night().digests), night(1).digests] == [(1, 0), 0]
    first, second = mails(to=sari)
    assert (first.state, second.state) == (LetterState.DROPPED, LetterState.WAITING)
    told = [[line.partition(" (")[0] for line in items(one) if line.startswith("Janji")] for one in (first, second)]
    assert told == [["Janji Bandung", "Janji Daegu"], ["Janji Daegu"]]


def test_each_nearness_of_an_end_and_age_of_a_letter_of_intent_is_told_once(bandung: Office, sari: Account) -> None:
    import_claims(CLAIMS, by=SYSTEM, office=bandung)
    daily(sari)
    told = {days: items(mails()[-1]) if night(days).digests else [] for days in (0, 1, 8, 9)}
    assert told == {
        0: [
            "Nanning: open the renewal of “memorandum of understanding”, under 18 months left: 1 December 2027.",
            "Cuenca: revive, park or close the letter of intent (1 December 2025, over 6 months old).",
        ],
        1: [],
        8: [
            "Nanning: open the renewal of “memorandum of understanding”, under 12 months left: 1 December 2027.",
            "Cuenca: revive, park or close the letter of intent (1 December 2025, over 12 months old).",
        ],
        9: [],
    }
    assert sorted(Found.objects.values_list("kind", "step", "day")) == [
        ("letter", "12", "2025-12-01"), ("letter", "6", "2025-12-01"),
        ("renewal", "12", "2027-12-01"), ("renewal", "18", "2027-12-01"),
    ]  # fmt: skip


def test_a_letter_of_intent_that_was_parked_asks_again_when_its_day_has_come(bandung: Office, sari: Account) -> None:
    import_claims(CLAIMS, by=SYSTEM, office=bandung)
    daily(sari)
    night()
    [letter] = stale_letters(bandung.pk, on=date(2026, 11, 23))
    later = bandung.today() + timedelta(days=40)
    decide_letter(letter.partnership, by=SYSTEM, paper=letter.paper, choice="park", reason="Menunggu", until=later)
    wait = (later - date(2026, 11, 23)).days
    counts = [night(days).found for days in (wait - 1, wait)]
    assert counts[1] >= 1
    assert Found.objects.filter(kind="letter", day=f"2025-12-01 {later}").count() == 1


def test_a_day_is_that_of_the_reader_wherever_they_are(bandung: Office, promise: Make) -> None:
    for name, zone in (("Sari", "Asia/Jakarta"), ("Tika", "America/New_York"), ("Togi", "Pacific/Kiritimati")):
        promise(enters(name, Role.OFFICER, bandung, time_zone=zone), due="2026-11-30", sentence=f"Kalimat {name}.")
    night()
    days = Digest.objects.order_by("account_id").values_list("account__name", "on")
    assert [(name, str(day)) for name, day in days] == [
        ("Sari", "2026-11-23"), ("Tika", "2026-11-22"), ("Togi", "2026-11-23"),
    ]  # fmt: skip
    heading = [one.text.splitlines()[2] for one in mails()]
    assert heading[1] == "What waits for you on Sunday, 22 November 2026:"


def test_an_address_no_server_takes_is_left_alone_until_its_owner_says_so(
    sari: Account, ratna: Account, promise: Make
) -> None:
    promise(sari, due="2026-11-01")
    daily(sari)
    for days in (1, 2, 3):
        assert night(days).digests >= 1
        Letter.objects.filter(to_address=sari.email).update(state=LetterState.FAILED)
    night(4)
    assert len(mails(to=sari)) == 3
    # Whoever no letter gets through to is no deputy to rely on.
    promise(ratna, deputy=sari, due="2026-11-20", sentence="Pemkot Bandung akan hadir.")
    night(4)
    assert Found.objects.filter(step="head", day="2026-11-20").count() == 1
    night(7)
    assert items(mails(to=ratna)[-1])[-1] == (
        "Correct the mail address of Sari: the last letters could not be delivered."
    )
    Digest.objects.filter(account=sari).update(made_at=NIGHT - timedelta(days=1000))
    night(8)
    assert len(mails(to=sari)) == 4


def test_a_long_list_ends_in_the_address_of_the_whole(sari: Account, promise: Make) -> None:
    for number in range(12):
        promise(sari, due="2026-11-30", what=f"janji {number}", sentence=f"Kalimat {number}.")
    night()
    lines = mails()[0].text.splitlines()
    more = [line for line in lines if line.startswith("- And 2 more: ")]
    assert more == ["- And 2 more: http://localhost:8000/en/bandung/desk/commitments/?state=open&whose=mine"]
    assert len(items(mails()[0])) == 11


def test_the_night_asks_as_often_whatever_an_office_holds(sari: Account, ratna: Account, promise: Make) -> None:
    promise(sari, due="2026-10-01", sentence="Kalimat pertama.")
    night()
    counts = []
    for rows in (1, 3):
        for number in range(rows):
            promise(sari, deputy=ratna, due="2026-10-01", sentence=f"Kalimat {rows}-{number}.")
        with CaptureQueriesContext(connection) as asked:
            night(rows * 7)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_two_offices_of_one_person_stand_apart_in_one_letter(bandung: Office, sari: Account, promise: Make) -> None:
    daegu = office("daegu")
    give_role(sari, by=SYSTEM, office=daegu, role=Role.OFFICER, since=date(2020, 1, 1))
    promise(sari, due="2026-11-30")
    promise(sari, due="2026-11-29", office=daegu)
    night()
    [letter] = mails()
    offices = [line for line in letter.text.splitlines() if line.startswith("Cooperation office")]
    assert (offices, letter.heading) == (
        ["Cooperation office of Bandung", "Cooperation office of Daegu"],
        "Kembar – Due within 30 days: 2 · Texts to translate: 2",
    )


def test_who_wants_no_digest_hears_only_of_what_was_passed_on(sari: Account, ratna: Account, promise: Make) -> None:
    choose("never", by=Actor(ratna.pk, ratna.name))
    promise(ratna, due="2026-11-22")
    promise(sari, due="2026-11-01", sentence="Pemkot Bandung akan hadir.")
    night()
    night(1)
    [letter] = mails(to=ratna)
    assert (letter.kind, len(items(letter))) == ("digest_urgent", 1)


def test_an_address_that_is_none_keeps_nobody_else_from_their_letter(
    sari: Account, budi: Account, promise: Make
) -> None:
    promise(sari, deputy=budi, due="2026-11-30")
    Account.objects.filter(pk=sari.pk).update(email="no address")
    assert (night().digests, [one.to_address for one in mails()]) == (1, [budi.email])
    assert Digest.objects.filter(account=sari).count() == 0
