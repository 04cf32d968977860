"""What a PDF itself brings about its signers' certificates: lists of revoked ones and answers of their issuers (LTV).

They lie beside the signatures in the file (DSS), or inside one of them. Nobody is asked over a network, so what is not
inside is not known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import MultivaluedAttributeError, NonexistentAttributeError, find_unique_cms_attribute
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError


@dataclass(frozen=True, slots=True)
class Proof:
    """`newest`: of what day the newest of them speaks; None where there is nothing."""

    certificates: Sequence[x509.Certificate] = ()
    lists: Sequence[crl.CertificateList] = ()
    answers: Sequence[ocsp.OCSPResponse] = ()
    newest: datetime | None = None


def proof_of(one: EmbeddedPdfSignature, *, file: PdfFileReader) -> Proof:
    """What the file holds for all of its signatures, and what this one holds for itself. Raises anything where that
    is malformed: it is read to the end here."""
    certificates: list[x509.Certificate] = []
    lists: list[crl.CertificateList] = []
    answers: list[ocsp.OCSPResponse] = []
    try:
        store = DocumentSecurityStore.read_dss(file)
        certificates += store.load_certs()
        lists += [crl.CertificateList.load(part.get_object().data) for part in store.crls]
        answers += [ocsp.OCSPResponse.load(part.get_object().data) for part in store.ocsps]
    except NoDSSFoundError:
        pass
    try:
        own = find_unique_cms_attribute(one.signer_info["signed_attrs"], "adobe_revocation_info_archival")
        lists += list(own["crl"])
        answers += list(own["ocsp"])
    except (MultivaluedAttributeError, NonexistentAttributeError):
        pass
    return Proof(certificates, lists, answers, _newest(lists, answers))


def _newest(lists: Sequence[crl.CertificateList], answers: Sequence[ocsp.OCSPResponse]) -> datetime | None:
    days = [one["tbs_cert_list"]["this_update"].native for one in lists]
    for answer in answers:
        if answer["response_status"].native == "successful":
            told = answer.response_data["responses"]
            days += [one["this_update"].native for one in told]
    return max(days, default=None)
