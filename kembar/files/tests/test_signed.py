"""Electronic signatures inside PDFs: who, when, whether anything came after them, who vouches for them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import crl
from django.utils import timezone
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from kembar.files.inspection.pdf import signatures_of
from kembar.files.inspection.signed import anchors
from kembar.files.rules import Refused, Signature, verdict_on
from kembar.files.tests import samples
from kembar.files.tests.signing import (
    ISSUER,
    added,
    apart,
    issuer,
    revoked_list,
    signed,
    signer,
    stamper,
    with_proof,
    with_text_added,
)

MAYOR = "Bambang Tirtoyuliono"


@pytest.fixture
def roots(tmp_path: Path) -> Path:
    folder = tmp_path / "roots"
    folder.mkdir()
    (folder / "akar.pem").write_bytes(issuer(ISSUER).pem)
    return folder


def read(content: bytes, roots: Path) -> list[Signature]:
    path = roots.parent / "file"
    path.write_bytes(content)
    found: list[Signature] = apart(lambda: signatures_of(path, roots=roots))
    return found


def test_a_signature_tells_who_signed_when_and_who_vouches_for_them(roots: Path) -> None:
    [one] = read(signed(samples.pdf(), signer(MAYOR)), roots)
    assert (one.verdict, one.signer, one.organisation, one.issuer, one.proven) == (
        "trusted", MAYOR, "Pemerintah Kota Uji", ISSUER, "",
    )  # fmt: skip
    assert timezone.now() - timezone.datetime.fromisoformat(one.said) < timedelta(hours=1)
    assert len(one.certificate) == 64


def test_both_sides_sign_one_after_the_other(roots: Path) -> None:
    content = signed(signed(samples.pdf(), signer(MAYOR)), signer("Walikota Suwon", by="발급기관"), field="Suwon")
    found = read(content, roots)
    assert [(one.signer, one.verdict) for one in found] == [(MAYOR, "trusted"), ("Walikota Suwon", "unknown_issuer")]
    assert verdict_on(found) == "unknown_issuer"


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ({"by": "Penerbit lain"}, "unknown_issuer"),
        ({"begins": -3, "ends": -1}, "not_valid"),  # it had run out before the day the signer's clock says
        ({"for_signing": False}, "not_valid"),
    ],
)
def test_what_cannot_be_trusted_is_told_apart(given: dict[str, object], verdict: str, roots: Path) -> None:
    [one] = read(signed(samples.pdf(), signer(MAYOR, **given)), roots)  # type: ignore[arg-type]
    assert one.verdict == verdict


def test_a_certificate_that_has_run_out_since_is_said_to_have(roots: Path) -> None:
    then = timezone.now() - timedelta(days=2 * 365)
    content = signed(samples.pdf(), signer(MAYOR, begins=-3, ends=-1), on=then)
    assert [one.verdict for one in read(content, roots)] == ["run_out"]


def test_an_issuer_of_the_same_name_is_another_one(roots: Path) -> None:
    (roots / "akar.pem").write_bytes(issuer.__wrapped__(ISSUER).pem)
    assert [one.verdict for one in read(signed(samples.pdf(), signer(MAYOR)), roots)] == ["unknown_issuer"]


def with_annotation(writer: IncrementalPdfFileWriter) -> None:
    page, _ = writer.find_page_for_modification(0)
    note = generic.DictionaryObject(
        {generic.pdf_name("/Type"): generic.pdf_name("/Annot"), generic.pdf_name("/Subtype"): generic.pdf_name("/Text"),
         generic.pdf_name("/Contents"): generic.pdf_string("Setuju juga Pasal 9")}
    )  # fmt: skip
    held = page.get_object().get("/Annots", generic.ArrayObject())
    page.get_object()["/Annots"] = generic.ArrayObject([*held, writer.add_object(note)])
    writer.mark_update(page)


def with_field_that_shows_text(writer: IncrementalPdfFileWriter) -> None:
    """A place for a signature that nobody signed, drawn as a sentence of the paper."""
    append_signature_field(writer, SigFieldSpec("Kosong", on_page=0, box=(10, 10, 150, 80)))
    field = writer.root["/AcroForm"]["/Fields"][-1]
    drawn = generic.StreamObject(stream_data=b"BT /F1 12 Tf 0 0 Td (Rp 5 miliar) Tj ET")
    field["/AP"] = generic.DictionaryObject({generic.pdf_name("/N"): writer.add_object(drawn)})


def with_object_in_no_table(content: bytes) -> bytes:
    """Behind the end, with the old table named once more: a viewer that mends files finds the object."""
    end = content[content.rindex(b"startxref") :]
    return content + b"4 0 obj\n<< /Type /Page /Contents 99 0 R >>\nendobj\n" + end


ADDITIONS: list[Callable[[bytes], bytes]] = [
    with_text_added,
    lambda content: added(content, with_annotation),
    lambda content: added(content, with_field_that_shows_text),
    with_object_in_no_table,
]


@pytest.mark.parametrize("change", ADDITIONS)
def test_what_was_added_after_the_last_signature_is_refused(change: Callable[[bytes], bytes], roots: Path) -> None:
    content = signed(signed(samples.pdf(), signer(MAYOR)), signer("Walikota Suwon"), field="Suwon")
    assert len(read(content, roots)) == 2
    with pytest.raises(Refused, match="added_after_signing"):
        read(change(content), roots)


def test_what_was_added_between_two_signatures_is_refused(roots: Path) -> None:
    content = signed(with_text_added(signed(samples.pdf(), signer(MAYOR))), signer("Walikota Suwon"), field="Suwon")
    with pytest.raises(Refused, match="added_after_signing"):
        read(content, roots)


def test_a_changed_byte_breaks_the_signature(roots: Path) -> None:
    content = signed(samples.pdf(), signer(MAYOR))
    changed = content.replace(b"/MediaBox [ 0.0 0.0 200 200 ]", b"/MediaBox [ 0.0 0.0 200 900 ]")
    assert changed != content
    with pytest.raises(Refused, match="broken_signature"):
        read(changed, roots)


def test_what_no_program_here_can_read_is_said_so_and_not_called_good(roots: Path) -> None:
    content = signed(samples.pdf(), signer(MAYOR))
    assert [one.verdict for one in read(content + b"\n%%EOF\n", roots)] == ["unread"]
    other = content.replace(b"/adbe.pkcs7.detached", b"/adbe.x509.rsa_sha1")
    assert [one.verdict for one in read(other, roots)] == ["unread"]


def test_a_file_without_signatures_has_none(roots: Path) -> None:
    assert read(samples.pdf(), roots) == []
    assert verdict_on([]) == "unsigned"


def test_a_folder_of_certificates_is_read_as_far_as_it_can_be(roots: Path) -> None:
    (roots / "dua.crt").write_bytes(issuer("Penerbit lain").pem + issuer("발급기관").pem)
    (roots / "rusak.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    (roots / "catatan.txt").write_text("bukan sertifikat")
    found, unread = anchors(roots)
    assert ([one.subject.native["common_name"] for one in found], unread) == (
        [ISSUER, "Penerbit lain", "발급기관"],
        ["rusak.pem"],
    )
    assert anchors(roots / "nowhere") == ([], [])


TSA = "Stempel Waktu Uji"


def test_a_time_stamp_proves_the_moment_where_its_issuer_is_trusted_and_is_told_where_not(roots: Path) -> None:
    then = timezone.now() - timedelta(days=2 * 365)
    who = signer(MAYOR, begins=-3, ends=-1)
    by_known, by_other = (stamper(TSA, by=by, on=then) for by in (ISSUER, "Penerbit lain"))
    [one] = read(signed(samples.pdf(), who, on=then, stamp=by_known), roots)
    assert (one.verdict, one.proven[:10], one.stamped, one.stamper) == ("trusted", then.date().isoformat(), "", TSA)
    [one] = read(signed(samples.pdf(), who, on=then, stamp=by_other), roots)
    assert (one.verdict, one.proven, one.stamped[:10], one.stamper) == ("run_out", "", then.date().isoformat(), TSA)


def test_whether_a_certificate_was_revoked_is_told_from_what_the_file_brings(roots: Path) -> None:
    content, day = signed(samples.pdf(), signer(MAYOR)), timezone.now()
    of_another = signer("Orang lain")
    proofs = {
        "nothing": content,
        "of another issuer": with_proof(content, revoked_list(by="Penerbit lain")),
        "of no shape": with_proof(content, crl.CertificateList.load(b"\x30\x03\x02\x01\x05")),
        "of the issuer": with_proof(content, revoked_list((of_another, day))),
        "that names it": with_proof(content, revoked_list((signer(MAYOR), day - timedelta(hours=1)))),
    }
    found = {name: read(file, roots)[0] for name, file in proofs.items()}
    assert {name: (one.verdict, one.revocation, one.revocation_as_of != "") for name, one in found.items()} == {
        "nothing": ("trusted", "not_checked", False),
        "of another issuer": ("trusted", "not_checked", False),
        "of no shape": ("trusted", "not_checked", False),
        "of the issuer": ("trusted", "not_revoked", True),
        "that names it": ("not_valid", "revoked", True),
    }


def test_one_revoked_after_a_proven_moment_was_good_when_it_signed(roots: Path) -> None:
    now = timezone.now()
    then, who = now - timedelta(days=100), signer(MAYOR)
    later = revoked_list((who, now - timedelta(days=50)))
    stamped = with_proof(signed(samples.pdf(), who, on=then, stamp=stamper(TSA, on=then)), later)
    told = with_proof(signed(samples.pdf(), who, on=then), later)
    found = [read(content, roots)[0] for content in (stamped, told)]
    assert [(one.verdict, one.revocation) for one in found] == [("trusted", "not_revoked"), ("not_valid", "revoked")]
