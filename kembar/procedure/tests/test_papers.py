"""What was signed comes back onto its step: kept once, replaced or withdrawn with a reason, never lost."""

import io
from typing import Any

import pytest

from kembar.access.permissions import SYSTEM, NotAllowed
from kembar.files.rules import Refused
from kembar.files.store import receive
from kembar.files.tests import samples
from kembar.files.tests.signing import signed, signer, with_text_added
from kembar.lib.dates import parse_edtf
from kembar.partnerships.actions import AttachmentFacts, OnFileAlready, ReasonMissing
from kembar.partnerships.models import Attachment
from kembar.procedure.actions import Done, Paper, WrongStep, finish, keep_paper, send_back
from kembar.procedure.models import Case
from kembar.procedure.queries import cases
from kembar.procedure.tests.walking import GATES, TO_COUNCIL, do, file, now, opened, walk
from tests.members import office
from tests.personas import dewi

pytestmark = pytest.mark.django_db
INK = AttachmentFacts(
    kind="paper", title="MoU", date=parse_edtf("2022-06"), number="134.4/1", signing="wet_ink",
    signers="Bambang Tirtoyuliono, Pj. Wali Kota\nLee Jae-joon, Mayor", original_at="Arsip Bagian Kerja Sama",
)  # fmt: skip


@pytest.fixture
def case() -> Case:
    return opened(file(office("bandung")), scope=("kota cerdas",))


def brought(case: Case, content: bytes, *, name: str = "naskah.pdf", step: str = "", **more: Any) -> Attachment:
    with receive(io.BytesIO(content), name=name) as arrived:
        given = {"by": SYSTEM, "facts": INK, **more}
        by = given.pop("by")
        return keep_paper(now(case), by=by, step=step, paper=Paper(arrived, **given))


def papers(case: Case) -> dict[str, list[str]]:
    found = cases.papers_of(now(case), runs=cases.story_of(case))
    return {subject: [one.file.name for one in several] for subject, several in found.items()}


def test_a_scan_of_what_was_signed_in_ink_stands_with_its_step_and_with_the_paper_in_the_register(case: Case) -> None:
    walk(case, *TO_COUNCIL, *GATES, "signing", on="2022-06-07", languages=("id",), scope=("kota cerdas",))
    brought(case, samples.jpeg(), name="hal 1.jpg", step="signing")
    brought(case, samples.png(), name="hal 2.png", step="signing")
    brought(case, samples.pdf(), name="surat.pdf")
    assert papers(case) == {now(case).paper: ["hal 1.jpg", "hal 2.png"], case.key: ["surat.pdf"]}
    one = Attachment.objects.get(file__name="hal 1.jpg")
    assert (one.signing, one.signers.splitlines(), one.original_at, one.number, one.date) == (
        "wet_ink", ["Bambang Tirtoyuliono, Pj. Wali Kota", "Lee Jae-joon, Mayor"], "Arsip Bagian Kerja Sama", "134.4/1",
        parse_edtf("2022-06"),
    )  # fmt: skip


def test_the_paper_may_come_along_when_the_step_is_done(case: Case) -> None:
    with receive(io.BytesIO(samples.pdf()), name="tawaran.pdf") as arrived:
        finish(now(case), by=SYSTEM, step="initiative", done=Done(on=parse_edtf("2020-02")), seen=1,
               paper=Paper(arrived, INK))  # fmt: skip
    [run] = cases.story_of(case)
    assert papers(case) == {run.key: ["tawaran.pdf"]}


def test_a_paper_that_is_not_taken_leaves_the_step_undone(case: Case) -> None:
    brought(case, samples.pdf())
    with receive(io.BytesIO(samples.pdf()), name="lagi.pdf") as arrived, pytest.raises(OnFileAlready):
        finish(now(case), by=SYSTEM, step="initiative", done=Done(on=parse_edtf("2020-02")), seen=1,
               paper=Paper(arrived, INK))  # fmt: skip
    assert (now(case).step, now(case).version, list(cases.story_of(case))) == ("initiative", 1, [])
    with pytest.raises(Refused, match="added_after_signing"):
        brought(case, with_text_added(signed(samples.pdf(), signer("Bambang Tirtoyuliono"))))
    assert Attachment.objects.count() == 1


def test_a_paper_is_replaced_with_a_reason_and_the_one_before_stays(case: Case) -> None:
    do(case, "initiative", "2020-02")
    old = brought(case, samples.png(), name="buram.png", step="initiative")
    with pytest.raises(ReasonMissing):
        brought(case, samples.pdf(), name="jelas.pdf", step="initiative", replaces=old)
    assert Attachment.objects.count() == 1
    new = brought(case, samples.pdf(), name="jelas.pdf", step="initiative", replaces=old, reason="Terlalu buram")
    old.refresh_from_db()
    assert (new.replaces, new.subject, old.withdrawn_at is None, old.reason) == (
        old, old.subject, False, "Terlalu buram",
    )  # fmt: skip
    assert papers(case) == {old.subject: ["buram.png", "jelas.pdf"]}


def test_the_papers_of_a_step_that_was_sent_back_stay_with_the_case(case: Case) -> None:
    walk(case, *TO_COUNCIL[:2], on="2020-03")
    brought(case, samples.png(), name="lama.png", step="exploration")
    send_back(now(case), by=SYSTEM, back_to="exploration", reason="x", on=parse_edtf("2020-04"), seen=now(case).version)
    assert now(case).step == "exploration"
    brought(case, samples.pdf(), name="surat.pdf", step="exploration")
    assert sorted(papers(case).values()) == [["lama.png"], ["surat.pdf"]]


def test_a_paper_comes_late_to_a_case_that_is_over_and_never_to_a_step_that_is_not_there(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(standing="withdrawn")
    assert brought(case, samples.pdf()).subject == case.key
    with pytest.raises(WrongStep):
        brought(case, samples.png(), name="x.png", step="marriage")
    with pytest.raises(NotAllowed):
        brought(case, samples.png(), name="x.png", by=dewi(office_id=case.office_id))
    other = opened(file(office("bandung"), "Suwon", "KR"), ("level_differs",))
    with pytest.raises(WrongStep):
        brought(other, samples.png(), name="x.png", replaces=Attachment.objects.get(), reason="x")
