"""What an operation takes: each field reads one value, says in words what is wrong with it, and describes itself."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext

from kembar.api.problems import Fault, invalid
from kembar.lib.dates import UnreadableDate, parse_edtf
from kembar.lib.text import clean
from kembar.web.dates import why_unreadable

Shape = dict[str, Any]
_HIDDEN = re.compile("[\x00\ud800-\udfff]")


class Wrong(Exception):
    """A value cannot be taken; the text says why, in the caller's language."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """`about` says what the field is for, `empty` what is taken where it is not given."""

    name: str
    about: str | Promise
    required: bool = False
    empty: Any = None

    def shape(self) -> Shape:
        """As JSON Schema writes it."""
        raise AssertionError(f"{type(self).__name__} describes itself")

    def read(self, value: Any) -> Any:
        """From JSON. Raises Wrong."""
        raise AssertionError(f"{type(self).__name__} reads itself")

    def parse(self, text: str) -> Any:
        """From the address. Raises Wrong."""
        return self.read(text)


def lacking(field: Field, *, empty: bool = False) -> str:
    """Says which field lacks, and what belongs there."""
    words = gettext("“%(name)s” must not be empty. %(about)s") if empty else gettext("“%(name)s” is missing. %(about)s")
    return words % {"name": field.name, "about": field.about}


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """Words. `as_it_stands`: every sign counts, as in a text that is read."""

    empty: Any = ""
    longest: int = 300
    pattern: str = ""
    as_it_stands: bool = False

    def shape(self) -> Shape:
        shape: Shape = {"type": "string", "maxLength": self.longest}
        if self.required:
            shape["minLength"] = 1
        return shape | ({"pattern": f"^{self.pattern}$"} if self.pattern else {})

    def read(self, value: Any) -> Any:
        if not isinstance(value, str):
            raise Wrong(gettext("This must be text."))
        if _HIDDEN.search(value):
            raise Wrong(gettext("This holds signs that no text has."))
        if len(value) > self.longest:
            raise Wrong(gettext("This is longer than %(most)d characters.") % {"most": self.longest})
        text = value if self.as_it_stands else clean(value)
        if self.required and not text.strip():
            raise Wrong(lacking(self, empty=True))
        if self.pattern and value and not re.fullmatch(self.pattern, value):
            raise Wrong(gettext("This is not written as it must be. See the description of the API."))
        return text


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of a few codes."""

    empty: Any = ""
    codes: Sequence[str]

    def shape(self) -> Shape:
        return {"type": "string", "enum": list(self.codes)}

    def read(self, value: Any) -> Any:
        if value not in self.codes:
            raise Wrong(gettext("This must be one of: %(codes)s.") % {"codes": ", ".join(self.codes)})
        return value


@dataclass(frozen=True, kw_only=True)
class Whole(Field):
    """A whole number within bounds."""

    least: int
    most: int

    def shape(self) -> Shape:
        shape: Shape = {"type": "integer", "minimum": self.least, "maximum": self.most}
        return shape if self.empty is None else shape | {"default": self.empty}

    def read(self, value: Any) -> Any:
        if not isinstance(value, int) or isinstance(value, bool) or not self.least <= value <= self.most:
            bounds = {"least": self.least, "most": self.most}
            raise Wrong(gettext("This must be a whole number from %(least)d to %(most)d.") % bounds)
        return value

    def parse(self, text: str) -> Any:
        return self.read(int(text) if re.fullmatch(r"-?[0-9]{1,15}", text) else None)


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    """A day of the calendar, 2025-03-26."""

    first: date = date(1900, 1, 1)
    last: date = date(2100, 12, 31)

    def shape(self) -> Shape:
        return {"type": "string", "format": "date", "example": "2025-03-26"}

    def read(self, value: Any) -> Any:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise Wrong(gettext("This must be a day, such as 2025-03-26."))
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise Wrong(gettext("There is no day %(text)s in the calendar.") % {"text": value}) from None
        if not self.first <= day <= self.last:
            bounds = {"first": self.first.isoformat(), "last": self.last.isoformat()}
            raise Wrong(gettext("This must be a day from %(first)s to %(last)s.") % bounds)
        return day


@dataclass(frozen=True, kw_only=True)
class Edtf(Field):
    """A date as far as it is known, in EDTF: 2025-03-26, 2025-03, 2025, [..2024-04-24]."""

    def shape(self) -> Shape:
        return {"type": "string", "maxLength": 40, "example": "2025-03"}

    def read(self, value: Any) -> Any:
        if not isinstance(value, str) or len(value) > 40:
            raise Wrong(gettext("This must be a date in EDTF, such as 2025-03."))
        if not value:
            return None
        try:
            return parse_edtf(value)
        except UnreadableDate as error:
            raise Wrong(why_unreadable(error)) from None


@dataclass(frozen=True, kw_only=True)
class WebAddress(Text):
    """An address that a browser opens."""

    longest: int = 500

    def shape(self) -> Shape:
        return {"type": "string", "maxLength": self.longest, "example": "https://www.bandung.go.id/berita/1"}

    def read(self, value: Any) -> Any:
        text = super().read(value)
        if not text:
            return ""
        try:
            parts = urlsplit(text)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", text):
            raise Wrong(gettext("This must be a web address that begins with https:// or http://."))
        return text


@dataclass(frozen=True, kw_only=True)
class Codes(Field):
    """A list of codes, each once."""

    empty: Any = ()
    codes: Sequence[str]

    def shape(self) -> Shape:
        return {"type": "array", "items": {"type": "string", "enum": list(self.codes)}, "uniqueItems": True,
                "maxItems": len(self.codes)}  # fmt: skip

    def read(self, value: Any) -> Any:
        known = isinstance(value, list) and all(isinstance(one, str) and one in self.codes for one in value)
        if not known or len(set(value)) != len(value):
            raise Wrong(gettext("This must be a list of: %(codes)s.") % {"codes": ", ".join(self.codes)})
        return tuple(value)


def read_query(fields: Iterable[Field], query: QueryDict) -> dict[str, Any]:
    """Every field with its value. Raises Problem 422, also for a parameter nobody knows: a filter that silently does
    nothing gives wrong figures."""
    known = {field.name: field for field in fields}
    found, faults = {name: field.empty for name, field in known.items()}, []
    for name, values in query.lists():
        if name not in known:
            faults.append(Fault(f"?{_shown(name)}", gettext("There is no such parameter here.")))
        elif len(values) > 1:
            faults.append(Fault(f"?{name}", gettext("This is given more than once.")))
        else:
            _take(known[name], values[0], found, faults, where=f"?{name}", parse=True)
    faults += [
        Fault(f"?{name}", lacking(field)) for name, field in known.items() if field.required and name not in query
    ]
    if faults:
        raise invalid(faults)
    return found


def read_body(fields: Iterable[Field], given: Any, *, partly: bool = False) -> dict[str, Any]:
    """Every field with its value; with `partly` only those that were given. Raises Problem 422."""
    if not isinstance(given, Mapping):
        raise invalid([Fault("#", gettext("The body must be one JSON object."))])
    known = {field.name: field for field in fields}
    found: dict[str, Any] = {} if partly else {name: field.empty for name, field in known.items()}
    faults: list[Fault] = []
    for name, value in given.items():
        if name not in known:
            faults.append(Fault(f"#/{_shown(name)}", gettext("There is no such field here.")))
        else:
            _take(known[name], value, found, faults, where=f"#/{name}")
    if not partly:
        faults += [
            Fault(f"#/{name}", lacking(field)) for name, field in known.items() if field.required and name not in given
        ]
    if faults:
        raise invalid(faults)
    return found


def _take(
    field: Field, value: Any, found: dict[str, Any], faults: list[Fault], *, where: str, parse: bool = False
) -> None:
    try:
        found[field.name] = field.parse(value) if parse else field.read(value)
    except Wrong as wrong:
        faults.append(Fault(where, str(wrong)))


def _shown(name: str) -> str:
    """What somebody else wrote, fit to be repeated."""
    return "".join(sign if sign.isprintable() and not _HIDDEN.search(sign) else "�" for sign in name[:60])
