"""Statements, sources, office-holders, letters, reports, changes and contacts as files: what a list shows, every page
of it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy, pgettext

from kembar.desk import named, people
from kembar.desk.named import HistoryLine
from kembar.desk.partner_file import ClaimLine
from kembar.desk.people import ContactRow, HolderRow
from kembar.desk.place import Place
from kembar.lib.tables import Column
from kembar.mailbox.queries import Letter
from kembar.mailbox.queries import letters as written_letters
from kembar.sources import queries
from kembar.sources.queries import Document, Report
from kembar.web import lists
from kembar.web.downloads import addresses_of


def claims(listing: lists.Listing, place: Place) -> tuple[list[Column[ClaimLine]], Iterable[ClaimLine]]:
    asked = queries.claims_asked(
        place.id, search=listing.search, decision=listing.chosen.get("decision", ""),
        confidence=listing.chosen.get("confidence", ""),
        entered_by=place.actor.person_id if "whose" in listing.chosen else None,
    )  # fmt: skip
    found = queries.page_of_claims(asked, bounds=slice(None))
    rows = named.claim_lines([said for said, _ in found], [about for _, about in found], place)
    columns = [
        Column[ClaimLine]("about", gettext("About"), lambda row: row.record, 30),
        Column[ClaimLine]("attribute", gettext("Field"), lambda row: row.attribute, 24),
        Column[ClaimLine]("value", gettext("Statement"), lambda row: row.value, 40),
        Column[ClaimLine]("said", gettext("The words of the source"), lambda row: row.original_said or row.said, 50),
        Column[ClaimLine]("source", gettext("Source"), lambda row: row.document, 36),
        Column[ClaimLine]("decision", gettext("Decision"), lambda row: row.decision_label, 16),
        Column[ClaimLine]("reason", gettext("Reason"), lambda row: row.reason, 40),
        Column[ClaimLine]("decided_by", gettext("Decided by"), lambda row: row.decided_by, 20),
    ]
    return columns, rows


def documents(listing: lists.Listing, place: Place) -> tuple[list[Column[Any]], Iterable[Document]]:
    rows = queries.documents_asked(
        place.id, search=listing.search, kind=listing.chosen.get("kind", ""), sort=listing.sort
    )
    columns = [
        Column[Any]("title", gettext("Title"), lambda row: row.title, 40),
        Column[Any]("publisher", gettext("Publisher"), lambda row: row.publisher, 24),
        Column[Any]("kind", gettext("Kind of source"), lambda row: row.get_kind_display(), 20),
        Column[Any]("published", gettext("Published"), lambda row: row.published.edtf if row.published else "", 14),
        Column[Any]("address", gettext("Web address"), lambda row: row.address, 40),
        Column[Any]("statements", gettext("Statements"), lambda row: row.claim_count, 10),
    ]
    return columns, rows


def holders(listing: lists.Listing, place: Place) -> tuple[list[Column[HolderRow]], Iterable[HolderRow]]:
    government = pgettext("holder of a public office", "Government")
    columns = [
        Column[HolderRow]("person", gettext("Name"), lambda row: row.holder.person, 30),
        Column[HolderRow]("post", gettext("Post"), lambda row: row.holder.post, 30),
        Column[HolderRow]("capacity", gettext("In which capacity"), lambda row: row.capacity, 24),
        Column[HolderRow]("government", government, lambda row: row.government, 24),
        Column[HolderRow]("since", gettext("In office since"), lambda row: _day(row.holder.since), 14),
        Column[HolderRow]("until", gettext("Last day in office"), lambda row: _day(row.holder.until), 14),
    ]
    return columns, people.holders_in(listing, place)


def holders_asked(query: QueryDict, place: Place, *, path: str) -> lists.Listing:
    return people.listing(query, parties=people.party_choices(place), path=path)


def letters(listing: lists.Listing, place: Place) -> tuple[list[Column[Letter]], Iterable[Letter]]:
    """Without their texts: those are read one by one, as far as they may be read."""
    columns = [
        Column[Letter]("heading", gettext("Letter"), lambda row: row.heading or gettext("An erased letter"), 50),
        Column[Letter]("to", gettext("To"), lambda row: row.to_address, 32),
        Column[Letter]("state", gettext("State"), lambda row: row.get_state_display(), 16),
        Column[Letter]("written", gettext("Written"), lambda row: _moment(row.written_at, place), 24),
        Column[Letter]("sent", gettext("Sent on"), lambda row: _moment(row.sent_at, place), 24),
    ]
    return columns, written_letters(place.id, state=listing.chosen.get("state", ""))


def reports(listing: lists.Listing, place: Place) -> tuple[list[Column[Report]], Iterable[Report]]:
    found = list(queries.reports_of(place.id, outcome=listing.chosen.get("outcome", "")))
    promises = named.promise_links(found, place)

    def promise(row: Report) -> str:
        return promises[row.pk].name if row.pk in promises else ""

    columns = [
        Column[Report]("made", gettext("Reported"), lambda row: _moment(row.made_at, place), 24),
        Column[Report]("text", gettext("Report"), lambda row: row.text, 60),
        Column[Report]("page", gettext("The page it is about"), lambda row: row.page, 40),
        Column[Report]("promise", gettext("The promise"), promise, 40),
        Column[Report]("outcome", gettext("Outcome"), lambda row: row.get_outcome_display(), 20),
        Column[Report]("reply", gettext("Reply"), lambda row: row.reply, 60),
        Column[Report]("answered_by", gettext("Answered by"), lambda row: row.answered_by, 24),
        Column[Report]("answered", gettext("Answered"), lambda row: _moment(row.answered_at, place), 24),
    ]
    return columns, found


def changes(listing: lists.Listing, place: Place) -> tuple[list[Column[HistoryLine]], Iterable[HistoryLine]]:
    """Every deed in a row of its own, where the page tells alike ones together."""
    columns = [
        Column[HistoryLine]("at", gettext("When"), lambda row: _moment(row.at, place), 24),
        Column[HistoryLine]("who", gettext("By whom"), lambda row: row.who, 24),
        Column[HistoryLine]("what", gettext("What was done"), lambda row: row.what, 80),
        Column[HistoryLine]("partner", gettext("Partner"), lambda row: row.name, 24),
    ]
    return columns, named.every_deed(named.changes_asked(listing, place), place)


def contact_columns() -> list[Column[ContactRow]]:
    return [
        Column[ContactRow]("name", gettext("Name"), lambda row: row.contact.name, 28),
        Column[ContactRow]("post", gettext("Post"), lambda row: row.contact.post, 28),
        Column[ContactRow]("organisation", gettext("Organisation"), lambda row: row.contact.organisation, 28),
        Column[ContactRow]("email", gettext("E-mail address"), lambda row: row.contact.email, 32),
        Column[ContactRow]("phone", gettext("Phone"), lambda row: row.contact.phone, 20),
        Column[ContactRow]("chat", gettext("Chat"), lambda row: row.contact.chat, 20),
        Column[ContactRow]("language", gettext("Language to write in"), lambda row: row.language, 18),
        Column[ContactRow]("since", gettext("In this post since"), lambda row: _day(row.contact.since), 14),
        Column[ContactRow]("until", gettext("In this post until"), lambda row: _day(row.contact.until), 14),
        Column[ContactRow]("note", gettext("Note"), lambda row: row.contact.note, 50),
    ]


def exports_of(listing: lists.Listing, listed: str, place: Place) -> list[tuple[str, str]]:
    """(CSV, its address) of each format, for the same search, filters and order."""
    return addresses_of(f"desk:{listed}-file", listing.query, office=place.slug)


def _day(known: Any) -> str:
    return known.edtf if known else ""


def _moment(at: datetime | None, place: Place) -> str:
    return at.astimezone(place.zone).isoformat(timespec="seconds") if at else ""


NAMES = {
    "letters": gettext_lazy("Letters"),
    "reports": gettext_lazy("Reports"),
    "changes": gettext_lazy("Changes"),
    "contacts": gettext_lazy("Contacts"),
    "claims": gettext_lazy("Statements"),
    "documents": gettext_lazy("Sources"),
    "holders": gettext_lazy("Office-holders"),
}
TABLES: dict[str, Callable[[lists.Listing, Place], tuple[list[Column[Any]], Iterable[Any]]]] = {
    "claims": claims,
    "documents": documents,
    "holders": holders,
    "reports": reports,
    "changes": changes,
}
