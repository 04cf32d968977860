"""What the night reads of several offices at once is what it would read of each, in as many questions."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kembar.access.permissions import SYSTEM, Role
from kembar.agreements.actions import import_claims
from kembar.cities.models import Office
from kembar.commitments.models import Commitment
from kembar.commitments.tests.promising import asked, contact, file, says, translated
from kembar.lib.dates import parse_edtf
from kembar.people.models import Account
from kembar.people.queries import colleagues
from kembar.procedure.actions import Planned, open_case
from kembar.reminders.facts import Asked, Facts, gather
from kembar.reminders.rules import Limits
from kembar.reminders.tests.conftest import TODAY, enters
from kembar.reminders.tests.test_digest import CLAIMS
from tests.members import account, office

pytestmark = pytest.mark.django_db


def filled(name: str, promise: Callable[..., Commitment], stranger: Account) -> Asked:
    """An office with something of every kind."""
    here = office(name)
    import_claims(CLAIMS, by=SYSTEM, office=here)
    officer = enters(f"Officer of {name}", Role.OFFICER, here)
    late = promise(officer, due="2026-10-01", office=here, what=f"janji {name}")
    promise(stranger, due="2026-12-01", office=here, sentence="Kalimat lain.")
    promise(officer, due="2026-12-20", office=here, sentence="Kalimat ketiga.")
    translated(late)
    says(late, asked(late, contact(here)), "dispute", words="Bukan 20, melainkan 10.")
    planned = Planned(kind="new_tie", subject=f"Kasus {name}", opened_on=parse_edtf("2026-01-05"))
    open_case(planned, by=SYSTEM, partnership=file(here, "Kawasaki", "JP"), confirmed=("level_differs",))
    limits = Limits(soon=60, alerts=(24, 13)) if name == "daegu" else Limits(soon=14, alerts=(18,))
    return Asked(here, limits, colleagues(here, on=TODAY))


def told(facts: Facts) -> dict[str, object]:
    """Everything of it; of the partners' names those of its own promises."""
    held = {one.name: getattr(facts, one.name) for one in fields(facts)}
    names, titles = held.pop("names"), held.pop("titles")
    partners = [names.of(row.partnership) for rows in facts.keeping.values() for row in rows]
    return held | {"partners": partners, "titles": [titles.get(("en", one.renews)) for one in facts.endings]}


def test_several_offices_are_read_as_each_of_them_in_as_many_questions(
    promise: Callable[..., Commitment],
) -> None:
    stranger = account("Stranger")
    offices = [filled(name, promise, stranger) for name in ("bandung", "daegu")]
    with CaptureQueriesContext(connection) as of_one:
        apart = [gather(offices[:1], on=TODAY), gather(offices[1:], on=TODAY)]
    with CaptureQueriesContext(connection) as of_both:
        together = gather(offices, on=TODAY)
    assert [told(facts) for facts in together] == [told(facts) for [facts] in apart]
    assert 2 * len(of_both) == len(of_one)
    kinds = ("keeping", "passed", "lying", "endings", "letters", "said", "texts")
    assert [kind for kind in kinds for facts in together if not getattr(facts, kind)] == []


def test_who_left_is_told_of_in_the_office_they_left_alone(
    bandung: Office, sari: Account, promise: Callable[..., Commitment]
) -> None:
    daegu = office("daegu")
    for here in (bandung, daegu):
        promise(sari, due="2028-01-01", office=here)
    there = [Asked(here, Limits(), colleagues(here, on=date(2026, 11, 23))) for here in (bandung, daegu)]
    left = [[(one.step, one.promise.office_id) for one in facts.passed] for facts in gather(there, on=TODAY)]
    assert left == [[], [("left", daegu.pk)]]
