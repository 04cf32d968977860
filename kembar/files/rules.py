"""What may be kept, under which name, and why it may not. Plain values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kembar.lib.text import clean

EMPTY = "empty"
TOO_LARGE = "too_large"
NOT_ALLOWED = "not_allowed"
PROGRAM = "program"
WRONG_EXTENSION = "wrong_extension"
DAMAGED = "damaged"
TWO_IN_ONE = "two_in_one"
ENCRYPTED = "encrypted"
SCRIPTED = "scripted"
HOLDS_FILES = "holds_files"
BOMB = "bomb"
TOO_COMPLEX = "too_complex"
OLD_OFFICE = "old_office"
NOT_UTF8 = "not_utf8"
TOO_MANY_PIXELS = "too_many_pixels"
ADDED_AFTER_SIGNING = "added_after_signing"
BROKEN_SIGNATURE = "broken_signature"
# What a look at the electronic signatures of a file came to, the strongest first.
UNSIGNED, TRUSTED, RUN_OUT, UNKNOWN_ISSUER, NOT_VALID, UNREAD = (
    "unsigned", "trusted", "run_out", "unknown_issuer", "not_valid", "unread",
)  # fmt: skip
NOT_CHECKED, NOT_REVOKED, REVOKED = "not_checked", "not_revoked", "revoked"  # of a certificate, by proof in the file
_WEAKER = (UNSIGNED, TRUSTED, RUN_OUT, UNKNOWN_ISSUER, NOT_VALID, UNREAD)

LONGEST_NAME = 120
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.I)
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,8})$")


class Refused(Exception):
    """A file is not taken; `code` is one of the words above, `states.Refusal` says it to a person."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class MediaType:
    """A sort of file that is taken, recognised by what is in it."""

    name: str  # as in Content-Type
    extensions: tuple[str, ...]  # the first is given to a name that has none


PDF = MediaType("application/pdf", ("pdf",))
DOCX = MediaType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
XLSX = MediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
ODT = MediaType("application/vnd.oasis.opendocument.text", ("odt",))
ODS = MediaType("application/vnd.oasis.opendocument.spreadsheet", ("ods",))
PNG = MediaType("image/png", ("png",))
JPEG = MediaType("image/jpeg", ("jpg", "jpeg"))
TEXT = MediaType("text/plain", ("txt",))
CSV = MediaType("text/csv", ("csv",))
TAKEN = (PDF, DOCX, XLSX, ODT, ODS, PNG, JPEG, TEXT, CSV)


@dataclass(frozen=True, slots=True)
class Signature:
    """One electronic signature inside a PDF that is still what was signed. `said` is what the signer's clock said,
    `proven` what a trusted time stamp proves, `stamped` what one says whose issuer is not known here (all ISO 8601, ""
    for none), `stamper` whose stamp it is; `certificate` its SHA-256. `revocation`: what the file itself proves
    of it, as of a day; "" where an older look did not ask."""

    verdict: str
    signer: str = ""
    organisation: str = ""
    issuer: str = ""
    said: str = ""
    proven: str = ""
    certificate: str = ""
    stamped: str = ""
    stamper: str = ""
    revocation: str = ""
    revocation_as_of: str = ""


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a file is, and the signatures inside it."""

    kind: MediaType
    signatures: tuple[Signature, ...] = ()


def verdict_on(signatures: Iterable[Signature]) -> str:
    """What may be said of the whole file: no more than of its weakest signature; unsigned where there is none."""
    return max((one.verdict for one in signatures), key=_WEAKER.index, default=UNSIGNED)


def extension(name: str) -> str:
    """The ending of a name in small letters, "" without one. Digits alone are none: "Surat No.5"."""
    found = _EXTENSION.search(name)
    return "" if found is None or found[1].isdigit() else found[1].lower()


def clean_name(name: str) -> str:
    """A name that is safe in every folder and on every system: no path, nothing invisible, nothing that turns the
    reading direction, not hidden, no device of Windows, at most 120 characters with its ending kept; never empty."""
    name = clean(name.replace("\x00", "")).replace("\\", "/").rsplit("/", 1)[-1]
    name = " ".join(_FORBIDDEN.sub(" ", name).split()).strip(". ")
    if _DEVICES.match(name):
        name = f"_{name}"
    ending = f".{extension(name)}" if extension(name) else ""
    stem = name[: len(name) - len(ending)].rstrip(". ") or "file"
    return stem[: LONGEST_NAME - len(ending)].rstrip(". ") + ending


def named_as(name: str, kind: MediaType) -> str:
    """The clean name with the ending its content has. Raises Refused when it says it is something else."""
    name = clean_name(name)
    ending = extension(name)
    if not ending:
        return f"{name[: LONGEST_NAME - 6]}.{kind.extensions[0]}"
    if ending not in kind.extensions:
        raise Refused(WRONG_EXTENSION)
    return name
