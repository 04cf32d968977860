"""What a look at signatures found is kept with the file, and a later look stands beside it."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from kembar.access.permissions import Actor, NotAllowed
from kembar.files import store
from kembar.files.actions import check_signatures, keep
from kembar.files.models import SignatureCheck, StoredFile
from kembar.files.queries import ContentMissing, Looked, NoSuchFile, look_again, signature_checks_of
from kembar.files.tests import samples
from kembar.files.tests.signing import ISSUER, issuer, signed, signer
from kembar.journal.models import Entry
from tests.personas import dewi, sari

pytestmark = pytest.mark.django_db
OFFICE = 1


def hand_in(content: bytes, name: str = "naskah.pdf") -> StoredFile:
    with store.receive(io.BytesIO(content), name=name) as arrived:
        return keep(arrived, by=sari(office_id=OFFICE), office_id=OFFICE, subject="instrument:1")


def test_a_signed_paper_is_kept_with_what_its_signatures_say_and_looked_at_again(settings: Any, tmp_path: Path) -> None:
    settings.KEMBAR_TRUST_ROOTS = tmp_path
    file = hand_in(signed(samples.pdf(), signer("Bambang Tirtoyuliono")))
    first = signature_checks_of([file.pk])[file.pk]
    assert (first.verdict, [one.signer for one in first.found], first.checked_by) == (
        "unknown_issuer", ["Bambang Tirtoyuliono"], "Sari",
    )  # fmt: skip
    assert first.checker.startswith("pyHanko 0.")
    (tmp_path / "akar.pem").write_bytes(issuer(ISSUER).pem)
    look_and_note(file.pk, by=sari(office_id=OFFICE))
    assert signature_checks_of([file.pk])[file.pk].verdict == "trusted"
    assert list(SignatureCheck.objects.order_by("id").values_list("verdict", flat=True)) == [
        "unknown_issuer",
        "trusted",
    ]
    assert Entry.objects.order_by("-id")[0].verb == "file.checked_again"
    call_command("trust_roots", stdout=(out := io.StringIO()))
    assert ISSUER in out.getvalue()


def test_only_a_pdf_is_looked_at_and_one_without_signatures_says_so() -> None:
    plain, picture = hand_in(samples.pdf()), hand_in(samples.png(), "pindai.png")
    assert {number: row.verdict for number, row in signature_checks_of([plain.pk, picture.pk]).items()} == {
        plain.pk: "unsigned"
    }


def look_and_note(file_id: int, *, by: Actor, office_id: int = OFFICE) -> None:
    check_signatures(file_id, by=by, office_id=office_id, looked=look_again(file_id, office_id=office_id))


def test_who_may_not_keep_the_register_looks_at_nothing() -> None:
    file = hand_in(samples.pdf())
    with pytest.raises(NotAllowed):
        look_and_note(file.pk, by=dewi(office_id=OFFICE))
    with pytest.raises(NoSuchFile):
        look_and_note(file.pk, by=sari(office_id=2), office_id=2)
    with pytest.raises(NoSuchFile):
        check_signatures(file.pk, by=sari(office_id=2), office_id=2, looked=Looked())
    assert SignatureCheck.objects.count() == 1


def test_bytes_that_changed_on_the_disk_are_not_judged() -> None:
    file = hand_in(samples.pdf())
    path = store.place(file.sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b" ")
    with pytest.raises(ContentMissing):
        look_again(file.pk, office_id=OFFICE)
    assert SignatureCheck.objects.count() == 1
