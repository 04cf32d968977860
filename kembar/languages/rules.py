"""Languages and fingerprints of texts, and which text a reader is shown. Plain values."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

ORIGINAL, MACHINE, HUMAN, OFFICIAL = "original", "machine", "human", "official"
# Best first. A stale machine translation is worse than the original: nobody answers for it.
_RANK = {ORIGINAL: 0, OFFICIAL: 0, HUMAN: 1, MACHINE: 2}
_CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}")


class UnknownLanguage(ValueError):
    """This is not the code of a language (BCP 47, such as `id`, `ko`, `zh-hans`)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One text as a page shows it. `language` is what the page writes into `lang=`."""

    text: str
    language: str
    state: str
    stale: bool

    @property
    def is_translation(self) -> bool:
        return self.state in (MACHINE, HUMAN)


def language_code(code: str) -> str:
    """The code in small letters. Raises UnknownLanguage."""
    code = code.strip().lower().replace("_", "-")
    if not _CODE.fullmatch(code):
        raise UnknownLanguage(code)
    return code


def is_language(code: str) -> bool:
    """Whether this is written as the code of a language is, in small letters."""
    return _CODE.fullmatch(code) is not None


def fingerprint(text: str) -> str:
    """SHA-256 of a text, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def best(texts: Iterable[Shown], *, language: str) -> Shown | None:
    """What a reader of `language` is shown: in their own language the original, the official text, a person's
    translation or a fresh machine translation, in this order; else the original; else nothing."""
    texts = list(texts)
    own = [shown for shown in texts if shown.language == language]
    own = [shown for shown in own if not (shown.stale and shown.state == MACHINE)]
    if own:
        return min(own, key=lambda shown: _RANK[shown.state])
    return next((shown for shown in texts if shown.state == ORIGINAL), None)
