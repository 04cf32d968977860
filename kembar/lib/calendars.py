"""Calendar files (RFC 5545) of all-day entries, as phones and mail programs subscribe to them."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from kembar.lib.dates import EdtfDate

MEDIA_TYPE = "text/calendar; charset=utf-8"
LONGEST_STRETCH = timedelta(days=366)
_LONGEST_LINE = 75  # octets, without the line break
# The standard asks for at least one part in a calendar; of an empty one this says nothing and satisfies it.
_NOTHING = (
    "BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on the days from `first` to `last`, both included.

    `uid` never changes for one thing, on all instances of the world; `version` rises and `changed` moves with it.
    """

    uid: str
    title: str
    first: date
    last: date
    changed: datetime
    version: int = 0
    note: str = ""
    address: str = ""


class Days(NamedTuple):
    """The first and last day an entry covers; `exact` where the date itself is that one day."""

    first: date
    last: date
    exact: bool


def days_of(value: EdtfDate | None) -> Days | None:
    """Where an entry for this date stands, so that no day looks exact that is not: on every day it may be.

    A day that is only "about" or "perhaps" covers its month. What has no beginning, or may be on any day of more than
    a year, stands on the last day it may be: by then it has happened, and its title says the rest. None where there is
    no last day.
    """
    if value is None or value.latest is None:
        return None
    first, last = value.earliest, value.latest
    if first is None or last - first > LONGEST_STRETCH:
        return Days(last, last, exact=False)
    if first != last:
        return Days(first, last, exact=False)
    if value.approximate or value.uncertain:
        whole = calendar.monthrange(first.year, first.month)[1]
        return Days(first.replace(day=1), first.replace(day=whole), exact=False)
    return Days(first, last, exact=True)


def as_ics(entries: Iterable[Entry], *, name: str) -> bytes:
    """The whole file. The same entries give the same bytes: nothing in it tells when it was asked for."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kembar//Kembar//ID", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
    ]  # fmt: skip
    events = [line for entry in entries for line in _event(entry)]
    lines += [*(events or _NOTHING), "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode("utf-8")


def _event(entry: Entry) -> Iterable[str]:
    changed = entry.changed.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    # Without a sender's own copy to compare with, DTSTAMP is when the entry was last changed (RFC 5545, 3.8.7.2).
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{entry.version}"
    yield f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.note:
        yield f"DESCRIPTION:{_text(entry.note)}"
    if entry.address:
        yield f"URL:{entry.address}"
    # It takes nobody's time.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    plain = "".join(sign for sign in text.replace("\r\n", "\n") if sign >= " " or sign in "\n\t")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Broken after at most 75 octets, never inside a character."""
    parts, size = [""], 0
    for sign in line:
        octets = len(sign.encode("utf-8"))
        if size + octets > _LONGEST_LINE:
            parts.append(" ")
            size = 1
        parts[-1] += sign
        size += octets
    return "\r\n".join(parts)
