"""Which partner a line of a list is about, with the address of the file."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kembar.agreements.spoken import claims_in_words
from kembar.commitments.queries import by_keys
from kembar.desk.history import Line, lines
from kembar.desk.partner_file import ClaimLine, Dispute, disputes_of
from kembar.desk.partner_file import claim_lines as told_lines
from kembar.desk.place import Place
from kembar.desk.words import partner_name
from kembar.journal.queries import Entry, of_office
from kembar.partnerships.queries import files_by_key
from kembar.sources.queries import Report, Said
from kembar.web import lists

RECORDS: dict[str, str | Promise] = {
    "instrument": gettext_lazy("paper"),
    "signature": gettext_lazy("signature"),
    "approval": gettext_lazy("approval"),
    "event": gettext_lazy("event"),
    "partnership": gettext_lazy("cooperation"),
}

PORTION = 1000
# As the public page of a partner's promises marks each.
_PROMISE = re.compile(r"/promises/#promise-([0-9]{1,15})$")


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    href: str


def file_links(keys: Iterable[str], place: Place) -> dict[str, Link]:
    """`partnership:7` → name and address, for all keys at once: two queries."""
    files = files_by_key(set(keys), office_id=place.id)
    return {
        key: Link(partner_name(file), reverse("desk:partner", kwargs={"office": place.slug, "partner": file.slug}))
        for key, file in files.items()
    }


def promise_links(reports: Iterable[Report], place: Place) -> dict[int, Link]:
    """Report → the promise it asks to correct: words and address. Of a promise of another office nothing is told."""
    named = {report.pk: f"commitment:{found[1]}" for report in reports if (found := _PROMISE.search(report.page))}
    rows = by_keys(set(named.values()), office_id=place.id) if named else {}
    return {
        number: Link(rows[key].what, reverse("desk:commitment", kwargs={"office": place.slug, "number": rows[key].pk}))
        for number, key in named.items() if key in rows
    }  # fmt: skip


def claim_lines(claims: Sequence[Said], abouts: Sequence[str], place: Place) -> list[ClaimLine]:
    """Claims of several files, each named by its partner and kind of record."""
    links = file_links(abouts, place)
    told = claims_in_words(claims, office_id=place.id)
    names = [_name(claim.subject, links.get(about)) for claim, about in zip(claims, abouts, strict=True)]
    return [replace(line, record=name) for line, name in zip(told_lines(told, claims, {}), names, strict=True)]


def disputes(groups: dict[tuple[str, str], list[Said]], abouts: dict[str, str], place: Place) -> list[Dispute]:
    links = file_links(abouts.values(), place)
    names = {subject: _name(subject, links.get(about)) for subject, about in abouts.items()}
    claims = [claim for group in groups.values() for claim in group]
    told = claims_in_words(claims, office_id=place.id)
    return disputes_of(told, names, {claim.id: claim for claim in claims})


def _name(subject: str, link: Link | None) -> str:
    kind = str(RECORDS.get(subject.partition(":")[0], subject))
    return f"{link.name}: {kind}" if link else kind


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A line of the journal with the file it is about."""

    at: datetime
    who: str
    what: str
    followed: bool
    name: str
    href: str
    parts: tuple[Line, ...] = ()


def changes_asked(listing: lists.Listing, place: Place) -> QuerySet[Entry]:
    """What the list of changes shows, by whom the address asks for."""
    who = listing.chosen.get("who", "")
    return of_office(place.id, by=place.actor.person_id if who else None, others=who == "others")


def every_deed(entries: QuerySet[Entry], place: Place) -> Iterator[HistoryLine]:
    """Each entry in a line of its own, read in portions: a journal is long."""
    links: dict[str, Link] = {}
    nowhere = Link("", "")
    rows = entries.iterator(chunk_size=PORTION)
    while some := list(islice(rows, PORTION)):
        links |= file_links({entry.about for entry in some if entry.about} - links.keys(), place)
        for entry in some:
            (line,) = lines([entry], zone=place.zone)
            link = links.get(line.about, nowhere)
            yield HistoryLine(line.at, line.who, line.what, line.followed, link.name, link.href)


def history_lines(entries: Iterable[Entry], place: Place) -> list[HistoryLine]:
    told = lines(entries, zone=place.zone)
    links = file_links({line.about for line in told if line.about}, place)
    nowhere = Link("", "")
    return [
        HistoryLine(line.at, line.who, line.what, line.followed, link.name, link.href, line.parts)
        for line in told
        for link in [links.get(line.about, nowhere)]
    ]
