"""A partnership's promises where people are: in a feed, a calendar, a card on another site, a short text to pass on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, override

from kembar.commitments.rules import OVERDUE, SETTLED
from kembar.journal import queries as journal
from kembar.lib import calendars
from kembar.partnerships.queries import Partnership
from kembar.public import expiring, feed, places, promises, taking
from kembar.public.day import AskedDay
from kembar.public.office import Reading
from kembar.web.addresses import html_language
from kembar.web.dates import written_day

ON_A_CARD = 5


def address(found: Reading, file: Partnership) -> str:
    return reverse("public:promises", args=[found.office.slug, file.slug])


def heading(found: Reading, file: Partnership) -> str:
    names = {"city": found.office.city, "partner": places.partner_name(file)}
    return gettext("Promises: %(city)s and %(partner)s") % names


def lines(found: Reading, file: Partnership) -> list[promises.Line]:
    return promises.lines(file, city=found.office.city, partner=places.partner_name(file), on=found.today)


def entries(found: Reading, file: Partnership) -> list[feed.Entry]:
    """The promises of a file, the last changed first. One that becomes overdue comes up though nobody wrote a word."""
    rows = lines(found, file)
    changed = journal.changed_records([line.commitment for line in rows], office_id=found.office.id)
    page = address(found, file)
    told = [
        feed.Entry(
            key=line.commitment, title=f"{capfirst(line.state_label)}: {line.what}", text=_in_short(line),
            href=f"{page}#{line.key}", published=line.accepted_at,
            updated=max(changed[line.commitment].last, _overdue_since(line, found)),
        )
        for line in rows if line.commitment in changed
    ]  # fmt: skip
    return sorted(told, key=lambda entry: (entry.updated, entry.key), reverse=True)[: feed.ENTRIES]


def _overdue_since(line: promises.Line, found: Reading) -> datetime:
    if line.state != OVERDUE or line.due_date is None or line.due_date.latest is None:
        return line.accepted_at
    return datetime.combine(line.due_date.latest + timedelta(days=1), time.min, tzinfo=found.office.zone)


def _in_short(line: promises.Line) -> str:
    doubt = gettext("Not yet confirmed by the partner.") if line.unconfirmed else ""
    source = ", ".join(part for part in (line.source, line.published) if part)
    when = line.settled or gettext("due: %(date)s") % {"date": line.due}
    return " · ".join(part for part in (line.by, when, line.reason, doubt, f"“{line.sentence}” ({source})") if part)


def calendar(found: Reading, file: Partnership) -> bytes:
    """What is promised and not settled, on the day it falls due."""
    rows = [line for line in lines(found, file) if line.state not in SETTLED]
    changed = journal.changed_records([line.commitment for line in rows], office_id=found.office.id)
    made = []
    for line in rows:
        days = calendars.days_of(line.due_date)
        if days is None or line.commitment not in changed:
            continue
        made.append(
            calendars.Entry(
                uid=expiring.uid(line.commitment, "due"),
                title=f"{capfirst(line.by)}: {line.what}" + ("" if days.exact else f" ({line.due})"),
                first=days.first, last=days.last, changed=changed[line.commitment].last,
                version=changed[line.commitment].times,
                note="\n".join([_in_short(line), *([] if days.exact else [expiring.not_exact()])]),
                address=f"{settings.KEMBAR_SITE_ADDRESS}{address(found, file)}#{line.key}",
            )
        )  # fmt: skip
    return calendars.as_ics(made, name=heading(found, file))


def card(found: Reading, file: Partnership, day: AskedDay) -> dict[str, Any]:
    """How many promises stand where, and the most pressing ones."""
    rows = lines(found, file)
    return {
        "office": found.office,
        "heading": heading(found, file),
        "day": day,
        "groups": promises.groups(rows),
        "total": len(rows),
        "pressing": pressing(rows)[:ON_A_CARD],
        "page_href": address(found, file),
    }


def pressing(rows: Iterable[promises.Line]) -> list[promises.Line]:
    """What is not settled, overdue first; the earliest due first within."""
    return sorted((line for line in rows if line.state not in SETTLED), key=lambda line: line.state != OVERDUE)


@dataclass(frozen=True, slots=True)
class Shared:
    """A text to pass on, and where it stands in each language: (language as HTML writes it, its name, address)."""

    text: str
    languages: Sequence[tuple[str, str, str]]

    @property
    def by_whatsapp(self) -> str:
        return f"https://wa.me/?text={quote(self.text)}"

    @property
    def by_mail(self) -> str:
        return f"mailto:?subject={quote(self.text.partition(chr(10))[0])}&body={quote(self.text)}"


def shared(found: Reading, file: Partnership, rows: Sequence[promises.Line]) -> Shared:
    told = []
    for code, name in settings.LANGUAGES:
        with override(code):
            where = reverse("public:promises-text", args=[found.office.slug, file.slug])
        told.append((html_language(code), str(name), where))
    return Shared(short_text(found, file, rows), told)


def short_text(found: Reading, file: Partnership, rows: Sequence[promises.Line]) -> str:
    """Plain text of a few lines: how many promises stand where, the most pressing one, where everything is."""
    counted = [
        f"{group.heading}: {len(group.lines)}" for group in promises.groups(rows) if group.lines
    ] or [gettext("No promise of this partnership is shown to everyone yet.")]  # fmt: skip
    told = [f"{heading(found, file)} ({written_day(found.today)})", " · ".join(counted)]
    for line in pressing(rows)[:1]:
        due = gettext("due: %(date)s") % {"date": line.due}
        told.append(gettext("Most pressing: %(promise)s") % {"promise": f"{line.what} ({due})"})
    told.append(gettext("Each promise with its source:") + f" {settings.KEMBAR_SITE_ADDRESS}{address(found, file)}")
    return "\n".join(told)


def take(found: Reading, file: Partnership) -> taking.Take:
    where = [found.office.slug, file.slug]
    return taking.Take(
        files=[
            taking.File(reverse("public:promises-file", args=[*where, end]), end.upper()) for end in taking.TABLES
        ],
        feed=reverse("public:promises-feed", args=where),
        calendar=reverse("public:promises-calendar", args=where),
        calendar_label=gettext("What falls due when, in your own calendar"),
        card=reverse("public:promises-card", args=where),
        card_title=heading(found, file),
        height=420,
    )  # fmt: skip
