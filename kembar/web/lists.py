"""Lists whose whole state (search, filters, order, page) stands in the address.

A view describes its list once (`ListPage`), reads the request with `read`, and hands the returned `Listing` to the
templates web/filters.html, web/chips.html and web/pager.html. What the address asks for and the list does not know is
answered in words (`Unclear`), never ignored: a filter that silently does nothing shows wrong figures.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import islice
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy

from kembar.web.page import Unclear

LONGEST_SEARCH = 200
LAST_PAGE = 100_000
# Put on links by mail programmes and social networks; they say nothing about the list.
IGNORED = frozenset({"fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "ref", "si"})
Item = TypeVar("Item")


@dataclass(frozen=True)
class Choice:
    value: str
    label: str | Promise


@dataclass(frozen=True)
class Filter:
    """One drop-down. `choices` without the empty one; `any_label` is what the empty one says."""

    name: str
    label: str | Promise
    choices: Sequence[Choice]
    any_label: str | Promise = gettext_lazy("All")


@dataclass(frozen=True)
class Sort:
    name: str
    label: str | Promise


@dataclass(frozen=True)
class Chip:
    """An active filter, with the address of the same list without it."""

    text: str
    href: str


@dataclass(frozen=True)
class FilterState:
    """A filter as web/filters.html draws it."""

    name: str
    label: str | Promise
    any_label: str | Promise
    choices: Sequence[Choice]
    chosen: str

    @property
    def options(self) -> SafeString:
        """Written directly: a template takes longer over 150 countries than over all the rest of a page."""
        drawn = (
            f'<option value="{escape(choice.value)}"{" selected" if choice.value == self.chosen else ""}>'
            f"{escape(str(choice.label))}</option>"
            for choice in self.choices
        )
        return mark_safe("".join(drawn))


@dataclass(frozen=True)
class SortLink:
    label: str | Promise
    href: str
    state: str  # "ascending", "descending" or "none", as aria-sort writes it


@dataclass(frozen=True)
class ListPage:
    """What a list offers. `extra` names further parameters that belong to the page (such as `on`), kept in links."""

    filters: Sequence[Filter] = ()
    sorts: Sequence[Sort] = ()
    default_sort: str = ""
    search: bool = True
    extra: Sequence[str] = ()
    size: int = 50

    def read(self, query: QueryDict, *, path: str) -> "Listing":
        """The state the address asks for. Raises Unclear for anything this list does not know."""
        values = _single_values(query)
        known = {f.name for f in self.filters} | {"page", *self.extra}
        known |= {"q"} if self.search else set()
        known |= {"sort"} if self.sorts else set()
        for name in values:
            if name not in known and name not in IGNORED and not name.startswith("utm_"):
                raise Unclear(gettext("This list has no filter called “%(name)s”.") % {"name": shown(name)}, back=path)
        chosen = {f.name: _chosen(f, values.get(f.name, ""), path=path) for f in self.filters}
        return Listing(
            offer=self,
            path=path,
            search=clean_search(values.get("q", "")),
            chosen={name: value for name, value in chosen.items() if value},
            sort=_sort(self, values.get("sort", ""), path=path),
            number=_page_number(values.get("page", ""), path=path),
            extra={name: values[name] for name in self.extra if values.get(name)},
        )


@dataclass(frozen=True)
class Listing:
    """One reading of the address: what was asked for, and the links that change one part of it."""

    offer: ListPage
    path: str
    search: str
    chosen: Mapping[str, str]
    sort: str
    number: int
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def narrowed(self) -> bool:
        return bool(self.search or self.chosen)

    @property
    def query(self) -> str:
        """The state without the page, as a query string without its question mark."""
        parts = {**self.extra, "q": self.search, **self.chosen}
        parts["sort"] = "" if self.sort == self.offer.default_sort else self.sort
        return urlencode({name: value for name, value in parts.items() if value})

    @property
    def href(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def first_page(self) -> str:
        return self.href

    @property
    def clear_href(self) -> str:
        """The list without search and filters; what belongs to the page (`extra`) stays."""
        return replace(self, search="", chosen={}).href

    def at_page(self, number: int) -> str:
        if number == 1:
            return self.href
        return f"{self.href}{'&' if self.query else '?'}page={number}"

    def with_filter(self, name: str, value: str) -> str:
        """The address of this list with one filter set (or taken away by an empty value)."""
        chosen = {**self.chosen, name: value}
        return replace(self, chosen={key: kept for key, kept in chosen.items() if kept}).href

    def with_extra(self, name: str, value: str) -> str:
        extra = {**self.extra, name: value}
        return replace(self, extra={key: kept for key, kept in extra.items() if kept}).href

    @property
    def filters(self) -> list[FilterState]:
        return [
            FilterState(f.name, f.label, f.any_label, f.choices, self.chosen.get(f.name, ""))
            for f in self.offer.filters
        ]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the filter form must send along unseen."""
        sort = [("sort", self.sort)] if self.sort and self.sort != self.offer.default_sort else []
        return [*self.extra.items(), *sort]

    @property
    def chips(self) -> list[Chip]:
        chips = []
        if self.search:
            chips.append(Chip(f"“{self.search}”", replace(self, search="").href))
        for f in self.offer.filters:
            if value := self.chosen.get(f.name, ""):
                label = next(str(choice.label) for choice in f.choices if choice.value == value)
                chips.append(Chip(f"{f.label}: {label}", self.with_filter(f.name, "")))
        return chips

    @property
    def sort_links(self) -> dict[str, SortLink]:
        """By column name; following the link of the column in use turns its order round."""
        links = {}
        for sort in self.offer.sorts:
            ascending, descending = self.sort == sort.name, self.sort == f"-{sort.name}"
            target = f"-{sort.name}" if ascending else sort.name
            state = "ascending" if ascending else "descending" if descending else "none"
            links[sort.name] = SortLink(sort.label, replace(self, sort=target).href, state)
        return links

    def cut(self, rows: Sequence[Item]) -> "Page[Item]":
        """The asked page of rows already at hand. Raises Unclear when the list ends before it."""
        start = (self.number - 1) * self.offer.size
        return self.page(rows[start : start + self.offer.size + 1], total=len(rows))

    @property
    def bounds(self) -> slice:
        """Rows to fetch for `page`: one more than is shown tells whether another page follows, without a count."""
        start = (self.number - 1) * self.offer.size
        return slice(start, start + self.offer.size + 1)

    def page(self, rows: Sequence[Item], *, total: int | None = None) -> "Page[Item]":
        """`rows`: what `bounds` fetched. Raises Unclear for a page beyond the end."""
        if not rows and self.number > 1:
            raise Unclear(gettext("This list ends before page %(page)d.") % {"page": self.number}, back=self.href)
        size = self.offer.size
        return Page(list(islice(rows, size)), self, has_next=len(rows) > size, total=total)


@dataclass(frozen=True)
class Page(Generic[Item]):
    items: list[Item]
    listing: Listing
    has_next: bool
    total: int | None = None

    @property
    def number(self) -> int:
        return self.listing.number

    @property
    def previous_href(self) -> str:
        return self.listing.at_page(self.number - 1) if self.number > 1 else ""

    @property
    def next_href(self) -> str:
        return self.listing.at_page(self.number + 1) if self.has_next else ""

    @property
    def several(self) -> bool:
        return self.has_next or self.number > 1


def clean_search(text: str, *, longest: int = LONGEST_SEARCH) -> str:
    """Search words as a person meant them: composed, without unseen characters, single spaces.

    Raises Unclear when they are longer than `longest`.
    """
    if len(text) > longest * 4:
        raise _too_long(longest)
    cleaned = "".join(c if unicodedata.category(c) not in {"Cf", "Cc", "Cs", "Co"} else _gap(c) for c in text)
    cleaned = " ".join(unicodedata.normalize("NFKC", cleaned).split())
    if len(cleaned) > longest:
        raise _too_long(longest)
    return cleaned


def _gap(character: str) -> str:
    return " " if character in "\t\n\r\x0b\x0c" else ""


def _too_long(longest: int) -> Unclear:
    return Unclear(gettext("Please search with at most %(count)d characters.") % {"count": longest})


def shown(text: str, *, longest: int = 40) -> str:
    """What a visitor typed, safe to repeat inside a sentence: no unseen characters, not too long."""
    printable = "".join(c if unicodedata.category(c)[0] != "C" else "�" for c in text)
    return printable if len(printable) <= longest else printable[:longest] + "…"


def _single_values(query: QueryDict) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, given in query.lists():
        if len({*given}) > 1:
            raise Unclear(gettext("“%(name)s” is given more than once in this address.") % {"name": shown(name)})
        values[name] = given[0]
    return values


def _chosen(offered: Filter, value: str, *, path: str) -> str:
    if value and value not in {choice.value for choice in offered.choices}:
        raise Unclear(
            gettext("“%(value)s” is not a choice of the filter “%(filter)s”.")
            % {"value": shown(value), "filter": offered.label},
            back=path,
        )
    return value


def _sort(offer: ListPage, value: str, *, path: str) -> str:
    if not value:
        return offer.default_sort
    if value.removeprefix("-") not in {sort.name for sort in offer.sorts}:
        raise Unclear(gettext("This list cannot be sorted by “%(value)s”.") % {"value": shown(value)}, back=path)
    return value


def _page_number(value: str, *, path: str) -> int:
    if not value:
        return 1
    if not (value.isascii() and value.isdecimal() and len(value) <= 6 and 1 <= int(value) <= LAST_PAGE):
        raise Unclear(gettext("“%(value)s” is not a page number.") % {"value": shown(value)}, back=path)
    return int(value)


def context(listing: Listing, page: Page[Any], **more: object) -> dict[str, object]:
    """What a list template needs: `listing`, `page`, `rows`, and whatever else the view gives."""
    return {"listing": listing, "page": page, "rows": page.items, **more}
