"""The register of letter numbers as a list: filters, columns, exports."""

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from kembar.cities.models import Office
from kembar.lib.tables import Column
from kembar.papers import queries
from kembar.web import lists
from kembar.web.downloads import addresses_of

STANDINGS = [
    lists.Choice("given", pgettext_lazy("letter number", "given")),
    lists.Choice("voided", pgettext_lazy("letter number", "voided")),
]


def listing(query: QueryDict, *, office: Office, path: str) -> lists.Listing:
    """What the address asks of the list. Raises Unclear."""
    given = query.copy()
    given.pop("saved", None)
    known = {*queries.years(office.pk), office.today().year}
    years = [lists.Choice(str(year), str(year)) for year in sorted(known, reverse=True)]
    offer = lists.ListPage(
        filters=[
            lists.Filter("year", gettext_lazy("Year"), years),
            lists.Filter("standing", pgettext_lazy("letter number", "Standing"), STANDINGS),
        ]
    )
    return offer.read(given, path=path)


def year_of(listing: lists.Listing, office: Office) -> int:
    return int(listing.chosen.get("year", "") or office.today().year)


def asked(office: Office, listing: lists.Listing) -> QuerySet[queries.LetterNumber]:
    year = listing.chosen.get("year", "")
    rows = queries.numbers(office.pk, year=int(year) if year else None)
    standing = listing.chosen.get("standing", "")
    if standing:
        rows = rows.filter(voided_at__isnull=standing == "given")
    if listing.search:
        rows = rows.filter(Q(text__icontains=listing.search) | Q(subject__icontains=listing.search))
    return rows


def exports(office: Office, listing: lists.Listing) -> list[tuple[str, str]]:
    return addresses_of("papers:letters-file", listing.query, office=office.slug)


def columns() -> list[Column[queries.LetterNumber]]:
    return [
        Column("serial", gettext("Serial number"), lambda row: row.serial, 10),
        Column("number", gettext("Number"), lambda row: row.text, 30),
        Column("date", gettext("Date"), lambda row: row.day, 14),
        Column("subject", gettext("Subject (hal)"), lambda row: row.subject, 60),
        Column("case", gettext("Case"), lambda row: row.case.subject if row.case else "", 40),
        Column("given_by", gettext("Given by"), lambda row: row.given_by, 24),
        Column("voided", gettext("Reason for voiding"), lambda row: row.void_reason, 40),
    ]
