"""Statements, sources and office-holders as files: what a list shows, every page of it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, pgettext

from kembar.desk import named, people
from kembar.desk.partner_file import ClaimLine
from kembar.desk.people import HolderRow
from kembar.desk.place import Place
from kembar.lib.tables import Column
from kembar.sources import queries
from kembar.sources.queries import Document
from kembar.web import lists


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


def exports_of(listing: lists.Listing, listed: str, place: Place) -> list[tuple[str, str]]:
    """(CSV, its address) of each format, for the same search, filters and order."""
    return [
        (extension.upper(), reverse(f"desk:{listed}-{extension}", kwargs={"office": place.slug}) + f"?{listing.query}")
        for extension in ("csv", "xlsx", "json")
    ]


def _day(known: Any) -> str:
    return known.edtf if known else ""


NAMES = {
    "claims": gettext_lazy("Statements"),
    "documents": gettext_lazy("Sources"),
    "holders": gettext_lazy("Office-holders"),
}
TABLES: dict[str, Callable[[lists.Listing, Place], tuple[list[Column[Any]], Iterable[Any]]]] = {
    "claims": claims,
    "documents": documents,
    "holders": holders,
}
