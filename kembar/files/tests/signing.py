"""Signed PDFs, made in the test run with keys that exist no longer than it: the product itself never holds one."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from asn1crypto import crl, keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.utils import timezone
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

YEAR = timedelta(days=365)


class Signer(SimpleSigner):
    """Somebody who signs, with a clock that may say another moment."""

    on: datetime | None = None

    async def signed_attrs(self, data_digest: bytes, digest_algorithm: str, attr_settings: Any, **more: Any) -> Any:
        settings = replace(attr_settings, signing_time=self.on) if self.on else attr_settings
        return await super().signed_attrs(data_digest, digest_algorithm, settings, **more)


@dataclass(frozen=True)
class Issuer:
    name: certificates.Name
    key: ec.EllipticCurvePrivateKey
    certificate: certificates.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


ISSUER = "Penerbit Uji Coba"


def _named(name: str, organisation: str) -> certificates.Name:
    return certificates.Name(
        [
            certificates.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            certificates.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            certificates.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


@cache
def issuer(name: str) -> Issuer:
    key = ec.generate_private_key(ec.SECP256R1())
    who, now = _named(name, "Uji Coba"), timezone.now()
    made = (
        certificates.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
        .serial_number(certificates.random_serial_number()).not_valid_before(now - 9 * YEAR)
        .not_valid_after(now + 9 * YEAR)
        .add_extension(certificates.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    return Issuer(who, key, made)


@cache
def signer(
    name: str, *, begins: int = -1, ends: int = 1, by: str = ISSUER, for_signing: bool = True
) -> Signer:  # fmt: skip
    """Somebody whose certificate is valid from `begins` to `ends`, years from now."""
    of, key, now = issuer(by), ec.generate_private_key(ec.SECP256R1()), timezone.now()
    usage = certificates.KeyUsage(
        digital_signature=for_signing, content_commitment=for_signing, key_encipherment=False, data_encipherment=False,
        key_agreement=not for_signing, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        certificates.CertificateBuilder().subject_name(_named(name, "Pemerintah Kota Uji")).issuer_name(of.name)
        .public_key(key.public_key()).serial_number(certificates.random_serial_number())
        .not_valid_before(now + begins * YEAR).not_valid_after(now + ends * YEAR)
        .add_extension(usage, critical=True).sign(of.key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    der = made.public_bytes(serialization.Encoding.DER)
    return Signer(
        signing_cert=x509.Certificate.load(der), signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )  # fmt: skip


@cache
def _stamping_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)  # the stamper of pyHanko knows no other kind


def stamper(name: str, *, by: str = ISSUER, on: datetime | None = None) -> DummyTimeStamper:
    """An authority that stamps the time: of now, or of `on`."""
    of, key, now = issuer(by), _stamping_key(), timezone.now()
    made = (
        certificates.CertificateBuilder().subject_name(_named(name, "Otoritas Waktu")).issuer_name(of.name)
        .public_key(key.public_key()).serial_number(certificates.random_serial_number())
        .not_valid_before(now - 9 * YEAR).not_valid_after(now + 9 * YEAR)
        .add_extension(certificates.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(of.key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    der = made.public_bytes(serialization.Encoding.DER)
    return DummyTimeStamper(x509.Certificate.load(der), keys.PrivateKeyInfo.load(private), fixed_dt=on)


def revoked_list(
    *revoked: tuple[Signer, datetime], by: str = ISSUER, on: datetime | None = None
) -> crl.CertificateList:
    """What the issuer says on that day of whose certificate counts no more, and since when."""
    of, day = issuer(by), on or timezone.now()
    made = certificates.CertificateRevocationListBuilder().issuer_name(of.name).last_update(day)
    made = made.next_update(day + timedelta(days=7))
    for who, since in revoked:
        one = certificates.RevokedCertificateBuilder().serial_number(who.signing_cert.serial_number)
        made = made.add_revoked_certificate(one.revocation_date(since).build())
    return crl.CertificateList.load(made.sign(of.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER))


def with_proof(content: bytes, *lists: crl.CertificateList) -> bytes:
    """The same file with lists of revoked certificates laid beside its signatures."""
    out = io.BytesIO(content)
    DocumentSecurityStore.add_dss(out, None, crls=list(lists), force_write=True)
    return out.getvalue()


def apart(deed: Callable[[], Any]) -> Any:
    """In a thread of its own: pyHanko wants an event loop, and the journeys in a browser leave one running here."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(deed).result()


def signed(
    content: bytes, who: Signer, *, field: str = "Wali Kota", on: datetime | None = None,
    stamp: DummyTimeStamper | None = None,
) -> bytes:  # fmt: skip
    """`on`: the moment the signer's clock says; `stamp`: who stamps the time."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    who.on = on
    told = PdfSignatureMetadata(field_name=field)
    made: io.BytesIO = apart(lambda: sign_pdf(writer, told, signer=who, timestamper=stamp))
    return made.getvalue()


def added(content: bytes, change: Callable[[IncrementalPdfFileWriter], object]) -> bytes:
    """The same file with something appended, as a program for reading PDFs saves it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_text_added(content: bytes) -> bytes:
    def write(writer: IncrementalPdfFileWriter) -> None:
        page, _ = writer.find_page_for_modification(0)
        text = generic.StreamObject(stream_data=b"BT /F1 12 Tf 10 10 Td (Rp 5 miliar) Tj ET")
        page.get_object()["/Contents"] = writer.add_object(text)
        writer.mark_update(page)

    return added(content, write)
