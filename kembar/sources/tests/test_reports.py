"""Anybody may say that a page is wrong; the office answers in words."""

import pytest

from kembar.access.permissions import ANONYMOUS, NotAllowed
from kembar.sources import actions, queries
from kembar.sources.models import Report
from tests.personas import dewi, sari

pytestmark = pytest.mark.django_db


def reported(sender: str = "192.0.2.1", text: str = "The date is wrong.") -> Report:
    return actions.report_error(
        by=ANONYMOUS, office_id=1, page="/en/bandung/partners/suwon/", text=text, language="en", sender=sender,
        about="partnership:1",
    )  # fmt: skip


def test_a_report_holds_no_address_of_its_writer() -> None:
    kept = reported()
    assert (kept.text, kept.outcome, "192.0.2.1" in kept.sender) == ("The date is wrong.", "open", False)
    assert queries.report_by_token(kept.token, office_id=1) == kept
    with pytest.raises(queries.NoSuchReport):
        queries.report_by_token(kept.token, office_id=2)


def test_who_reports_very_often_has_to_wait_and_others_do_not() -> None:
    for _ in range(actions.REPORTS_PER_HOUR):
        reported()
    with pytest.raises(actions.TooManyReports):
        reported()
    assert reported(sender="192.0.2.2").pk


def test_a_report_is_answered_once_in_words_by_the_office() -> None:
    kept = reported()
    by = sari(office_id=1)
    with pytest.raises(actions.ReasonMissing):
        actions.answer_report(kept, by=by, outcome="corrected", reply=" ")
    with pytest.raises(NotAllowed):
        actions.answer_report(kept, by=dewi(office_id=1), outcome="corrected", reply="Thank you.")
    assert queries.waiting_reports(1) == 1
    answered = actions.answer_report(kept, by=by, outcome="corrected", reply="Thank you.")
    assert (answered.reply, answered.answered_by, queries.waiting_reports(1)) == ("Thank you.", "Sari", 0)
    with pytest.raises(actions.AlreadyAnswered):
        actions.answer_report(kept, by=by, outcome="unchanged", reply="No.")


def test_a_source_is_corrected_and_two_of_one_name_are_refused() -> None:
    by = sari(office_id=1)
    one = actions.keep_document(actions.DocumentFacts(title="Antara"), by=by, office_id=1)
    two = actions.keep_document(actions.DocumentFacts(title="ANTARA"), by=by, office_id=1)
    assert actions.correct_document(two, by=by, facts=actions.DocumentFacts(title="ANTARA", publisher="LKBN")) is True
    assert actions.correct_document(two, by=by, facts=actions.DocumentFacts(title="ANTARA", publisher="LKBN")) is False
    with pytest.raises(actions.NotTheSameOffice):
        actions.correct_document(two, by=by, facts=actions.DocumentFacts(title=one.title))
