"""Electronic signatures inside a PDF: who, when, whether the file is still what was signed, who vouches for them.

pyHanko decides, because it compares the revisions of a file: other verifiers call a signature good although pages were
added behind it. It runs in the same process of its own as the rest of a look into a PDF, and asks nobody over a
network: whether a certificate was revoked is known as far as the file itself brings proof of it (`proof`).
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from kembar.files.inspection.proof import Proof, proof_of
from kembar.files.rules import (
    ADDED_AFTER_SIGNING,
    BROKEN_SIGNATURE,
    NOT_CHECKED,
    NOT_REVOKED,
    NOT_VALID,
    REVOKED,
    RUN_OUT,
    TRUSTED,
    UNKNOWN_ISSUER,
    UNREAD,
    Refused,
    Signature,
)

# What may come after a signature: another signature, and what proves it later. A form filled in afterwards is text
# that the first signer never saw.
_AFTERWARDS = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),  # type: ignore[no-untyped-call]
        DocInfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
        MetadataUpdateRule().as_qualified(ModificationLevel.LTA_UPDATES),  # type: ignore[no-untyped-call]
    ],
    form_rule=FormUpdatingRule(
        field_rules=[SigFieldCreationRule(), SigFieldModificationRule()],  # type: ignore[no-untyped-call]
    ),
)
_NO_CHAIN = (AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND, AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE)
_REVOKED = (AdESIndeterminate.REVOKED_NO_POE, AdESIndeterminate.REVOKED_CA_NO_POE)
_FOR_SIGNING = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)


def anchors(folder: Path | None) -> tuple[list[x509.Certificate], list[str]]:
    """The certificates in the .pem, .crt and .cer files of a folder, and the names of those that cannot be read."""
    found: list[x509.Certificate] = []
    unread: list[str] = []
    for path in sorted(folder.iterdir()) if folder is not None and folder.is_dir() else ():
        if path.suffix.lower() not in (".pem", ".crt", ".cer"):
            continue
        try:
            found += _certificates(path.read_bytes())
        except (OSError, ValueError, TypeError):
            unread.append(path.name)
    return found, unread


def _certificates(data: bytes) -> list[x509.Certificate]:
    parts = [part for _, _, part in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
    found = [x509.Certificate.load(part) for part in parts]
    for one in found:
        _ = one.subject.native, one.public_key.native  # asn1crypto reads no more than it is asked for
    return found


def signatures(data: bytes, *, roots: Iterable[x509.Certificate]) -> list[Signature]:
    """Every signature of the file, in the order in which they were made. Raises Refused where the file is no longer
    what was signed."""
    try:
        file = PdfFileReader(io.BytesIO(data))
        held = list(file.embedded_regular_signatures)
    except Exception:
        return [Signature(verdict=UNREAD)]
    known = list(roots)
    return [_looked_at(_Look(one, known, _proof(one, file)), last=one is held[-1], data=data) for one in held]


@dataclass(frozen=True, slots=True)
class _Look:
    """One signature with what may be held against it."""

    one: EmbeddedPdfSignature
    roots: list[x509.Certificate]
    proof: Proof

    def status(self, moment: datetime | None = None, *, proven: bool = False) -> PdfSignatureStatus:
        """As of that moment, or of now. `proven`: every certificate needs proof that nobody revoked it."""
        context = ValidationContext(
            trust_roots=self.roots, moment=moment, allow_fetching=False, other_certs=list(self.proof.certificates),
            crls=list(self.proof.lists), ocsps=list(self.proof.answers), retroactive_revinfo=moment is not None,
            revocation_mode="require" if proven else "soft-fail",
        )  # fmt: skip
        return validate_pdf_signature(self.one, context, diff_policy=_AFTERWARDS, key_usage_settings=_FOR_SIGNING)


def _proof(one: EmbeddedPdfSignature, file: PdfFileReader) -> Proof:
    try:
        return proof_of(one, file=file)
    except Exception:  # what cannot be read proves nothing
        return Proof()


def _looked_at(look: _Look, *, last: bool, data: bytes) -> Signature:
    one = look.one
    try:
        status = look.status()
    except Exception:
        return Signature(verdict=UNREAD, signer=one.field_name or "")
    if not (status.intact and status.valid):
        raise Refused(BROKEN_SIGNATURE)
    level = status.modification_level
    most = ModificationLevel.LTA_UPDATES if last else ModificationLevel.FORM_FILLING
    whole = status.coverage is not None and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    if not whole or level is None or level > most or not status.docmdp_ok:
        raise Refused(ADDED_AFTER_SIGNING)
    if last and level == ModificationLevel.NONE and _behind(one, data):
        raise Refused(ADDED_AFTER_SIGNING)
    names = status.signing_cert.subject.native
    said, stamp = status.signer_reported_dt, status.timestamp_validity
    stamped = stamp.timestamp if stamp is not None and stamp.intact and stamp.valid else None
    proven = stamped if stamp is not None and stamp.trusted else None
    revocation, as_of = _revocation(look, proven=proven)
    return Signature(
        verdict=NOT_VALID if revocation == REVOKED else _verdict(look, status, said=said, proven=proven),
        signer=_text(names, "common_name") or status.signing_cert.subject.human_friendly,
        organisation=_text(names, "organization_name"),
        issuer=_text(status.signing_cert.issuer.native, "common_name") or status.signing_cert.issuer.human_friendly,
        said=_iso(said), proven=_iso(proven), certificate=status.signing_cert.sha256.hex(),
        stamped="" if proven else _iso(stamped),
        stamper=_text(stamp.signing_cert.subject.native, "common_name") if stamped and stamp is not None else "",
        revocation=revocation, revocation_as_of=_iso(as_of),
    )  # fmt: skip


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _revocation(look: _Look, *, proven: datetime | None) -> tuple[str, datetime | None]:
    """Whether the certificate was revoked, and of what day the proof inside the file speaks.

    One revoked after a moment that a trusted time stamp proves was good when it signed. What only the signer's clock
    says proves nothing, since a clock can be put back.
    """
    newest = look.proof.newest
    if newest is None:
        return NOT_CHECKED, None
    try:
        found = look.status(newest, proven=True)
    except Exception:
        return NOT_CHECKED, None
    if found.trusted:
        return NOT_REVOKED, newest
    if found.trust_problem_indic not in _REVOKED and found.revocation_details is None:
        return NOT_CHECKED, None
    if proven is not None and look.status(proven, proven=True).trusted:
        return NOT_REVOKED, proven
    return REVOKED, newest


def _behind(one: EmbeddedPdfSignature, data: bytes) -> bytes:
    """What lies behind the signed bytes in no table of the file: a forgiving viewer may find it all the same."""
    _, _, start, length = one.byte_range
    return data[start + length :].strip(b"\r\n \t\x00")


def _text(names: dict[str, str | list[str]], key: str) -> str:
    value = names.get(key, "")
    return ", ".join(value) if isinstance(value, list) else value


def _verdict(look: _Look, status: PdfSignatureStatus, *, said: datetime | None, proven: datetime | None) -> str:
    if status.trusted:
        return TRUSTED
    then = proven or said
    if then is not None and look.status(then).trusted:
        return TRUSTED if proven else RUN_OUT
    return UNKNOWN_ISSUER if status.trust_problem_indic in _NO_CHAIN else NOT_VALID
