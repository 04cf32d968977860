"""What each public page shows: the answers of the concepts, put beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kembar.agreements import queries as agreements
from kembar.agreements.spoken import in_words, scopes_told
from kembar.cities import queries as cities
from kembar.commitments.queries import promise_page
from kembar.journal import queries as journal
from kembar.partnerships.queries import Partnership
from kembar.procedure.queries.cases import set_aside_in
from kembar.procedure.spoken import rule_words
from kembar.public import drawn, following, linked, places, promises, register, taking, words, world
from kembar.public import partner as partners
from kembar.public.cited import Cited, web_address
from kembar.public.day import AskedDay
from kembar.public.office import Office, Reading
from kembar.sources import queries as sources
from kembar.web.lists import Listing, ListPage

NAMED_IN_ANSWER = 30
DOCUMENTS = ListPage(search=False, size=100)


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    label: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head; `sort` is its sort link or None."""

    label: str
    sort: Any = None
    number: bool = False


@dataclass(frozen=True, slots=True)
class AnswerLine:
    code: str
    label: str
    meaning: str
    count: int
    href: str
    partners: list[Link]
    more: int


def register_address(office: Office) -> str:
    return reverse("public:home") if office.is_home else reverse("public:register", args=[office.slug])


def _changed(found: Reading) -> datetime | None:
    """When the office last changed anything; kept under the stamp, which moves with every change."""
    key = f"public.changed.{found.office.id}"
    stamp, at = caches["memory"].get(key) or ("", None)
    if stamp != found.stamp:
        at = journal.of_office(found.office.id).values_list("at", flat=True).first()
        caches["memory"].set(key, (found.stamp, at), timeout=None)
    return at


def frame(request: HttpRequest, found: Reading, *, here: str, day: AskedDay | None = None) -> dict[str, object]:
    """What every page of an office hands to the frame. Links keep the day being looked at."""
    office, suffix = found.office, day.suffix if day else ""
    pages = {
        "register": (register_address(office), gettext("Register")),
        "how-many": (reverse("public:how-many", args=[office.slug]), gettext("How many?")),
        "about": (reverse("public:about", args=[office.slug]), gettext("About the data")),
    }
    changed = _changed(found)
    return {
        "office": office,
        "register_href": pages["register"][0] + suffix,
        "about_href": pages["about"][0],
        "nav": [
            Link(href + (suffix if name != "about" else ""), label, here=name == here)
            for name, (href, label) in pages.items()
        ],
        "updated": changed.astimezone(office.zone).date() if changed else None,
        "sources": pages["about"][0] + "#documents",
        "report_error": f"{reverse('public:report', args=[office.slug])}?page={quote(request.get_full_path())}",
        "canonical": request.path,
        "day": day,
    }


def register_page(request: HttpRequest, found: Reading) -> dict[str, object]:
    path = register_address(found.office)
    asked = register.read(request.GET, found, path=path)
    listing, seen = asked.listing, asked.overview
    page = register.page(found.office, asked)
    labels = {
        "since": gettext("Since"),
        "until": gettext("Until"),
        "papers": gettext("Papers"),
        "open": gettext("Undecided"),
    }
    empty = [line.label for line in words.state_lines() if not seen.counts[line.code]]
    framed = frame(request, found, here="register", day=asked.day)
    return {
        **framed,
        "heading": register.heading(found.office),
        "listing": listing,
        "page": page,
        "rows": page.items,
        "table_rows": drawn.register_rows(page.items, labels=labels),
        "tiles": register.tiles(seen, listing),
        "empty_states": "; ".join(empty),
        "map": _map(found, asked) if not listing.narrowed and page.number == 1 and seen.total else None,
        "columns": _columns(listing),
        "take": taking.of_register(found.office, _downloads(found.office, listing.query)),
        "wide": True,
        "linked": _linked_register(found, changed=framed["updated"]),
    }


def _linked_register(found: Reading, *, changed: object) -> SafeString:
    page, heading = register_address(found.office), register.heading(found.office)
    files = [link.href for link in _downloads(found.office, "")]
    files.append(reverse("public:feed", args=[found.office.slug]))
    return linked.register(found, name=heading, page=page, files=files, changed=changed)


def _map(found: Reading, asked: register.Asked) -> world.Picture:
    return world.picture(found.office, on=asked.day.on, total=asked.overview.total, suffix=asked.day.suffix)


def _columns(listing: Listing) -> list[Heading]:
    links = listing.sort_links
    return [
        Heading(gettext("Partner"), links["name"]),
        Heading(gettext("Country")),
        Heading(gettext("Kind")),
        Heading(gettext("Legal state"), links["state"]),
        Heading(gettext("Since"), links["since"]),
        Heading(gettext("Until")),
        Heading(gettext("Papers"), links["papers"], number=True),
        Heading(gettext("Undecided"), number=True),
    ]


def _downloads(office: Office, query: str) -> list[taking.File]:
    return [
        taking.File(
            reverse("public:download", args=[office.slug, ending]) + (f"?{query}" if query else ""), ending.upper()
        )
        for ending in taking.TABLES
    ]


def partner_page(
    request: HttpRequest, found: Reading, sheet: agreements.PartnershipSheet, day: AskedDay
) -> dict[str, object]:
    written, sheet = sheet, in_words(sheet)
    cited = Cited(sheet.claims)
    fields = scopes_told(written, sheet)
    line = partners.timeline(sheet, cited, day=day)
    file = sheet.partnership
    told = cited.disputes(partners.titles(sheet), partners.outcomes(sheet))
    parties = [signature.party for item in sheet.papers for signature in item.signatures]
    names = places.Names([file.partner, *parties])
    name = names.full(file.partner_id, institution=file.institution)
    framed = frame(request, found, here="partner", day=day)
    return {
        **framed,
        "name": name,
        "country_name": places.country_name(file.partner.country),
        "banner": partners.banner(sheet, cited),
        "groups": partners.paper_groups(
            sheet, cited, day=day, parties={party.pk: names.shown(party.pk) for party in parties}
        ),
        "approvals": partners.approvals(sheet, cited, day=day),
        "moments": line.moments,
        "later": line.later,
        "disputes": [group for group in told if not group.undecided],
        "undecided": [group for group in told if group.undecided],
        "sources_list": cited.sources(),
        "promises": promise_page(file).count(),
        "aside": [
            (rule_words(one.rule, told=fields), one.reason) for one in set_aside_in(file.pk, office_id=file.office_id)
        ],
        "promises_href": reverse("public:promises", args=[found.office.slug, file.slug]),
        "take": taking.of_partner(found.office, file.slug, name=name.shown, day=day),
        "linked": linked.partner(
            found, name=name, government=file.partner, institution=file.institution, page=request.path,
            register=register_address(found.office), changed=framed["updated"], moments=line.moments,
        ),
    }  # fmt: skip


def promises_page(request: HttpRequest, found: Reading, file: Partnership) -> dict[str, object]:
    lines = following.lines(found, file)
    return {
        **frame(request, found, here="partner"),
        "heading": following.heading(found, file),
        "name": places.partner_name(file),
        "partner_href": register.partner_address(found.office, file.slug),
        "groups": promises.groups(lines),
        "total": len(lines),
        "take": following.take(found, file),
        "shared": following.shared(found, file, lines),
        "report_href": f"{reverse('public:report', args=[found.office.slug])}?page={quote(request.path)}",
    }


def how_many(request: HttpRequest, found: Reading, day: AskedDay) -> dict[str, object]:
    answer = agreements.sister_city_answer(found.office.id, on=day.on)
    groups = [(words.sister_line(), answer.in_force, "kind=sister&state=in_force")]
    for code, spans in sorted(answer.others.items(), key=lambda item: words.answer_order(item[0])):
        groups.append((words.answer_line(code), spans, words.answer_query(code)))
    governments = [span.partnership.partner for _, spans, _ in groups for span in spans[:NAMED_IN_ANSWER]]
    names = places.Names(governments)
    return {
        **frame(request, found, here="how-many", day=day),
        "heading": gettext("How many sister cities does %(city)s have?") % {"city": found.office.city},
        "lines": [_answer_line(found, day, line, spans, query, names) for line, spans, query in groups],
    }


def _answer_line(
    found: Reading,
    day: AskedDay,
    line: words.StateLine,
    spans: Sequence[Any],
    query: str,
    names: places.Names,
) -> AnswerLine:
    base = reverse("public:register", args=[found.office.slug])
    on = f"on={day.on.isoformat()}&" if day.chosen else ""
    shown = spans[:NAMED_IN_ANSWER]
    return AnswerLine(
        code=line.code,
        label=line.label,
        meaning=line.meaning,
        count=len(spans),
        href=f"{register_address(found.office)}?{on}{query}" if spans else "",
        partners=[
            Link(
                f"{base}partners/{span.partnership.slug}/{day.suffix}",
                span.partnership.institution or names.shown(span.partnership.partner_id),
            )
            for span in shown
        ],
        more=len(spans) - len(shown),
    )


@dataclass(frozen=True, slots=True)
class DocumentLine:
    title: str
    detail: str
    href: str
    count: int


def about(request: HttpRequest, found: Reading) -> dict[str, object]:
    listing = DOCUMENTS.read(request.GET, path=request.path)
    page = listing.page(list(sources.documents_of(found.office.id)[listing.bounds]))
    documents = [
        DocumentLine(
            title=document.title,
            detail=", ".join(
                part
                for part in (
                    document.publisher if document.publisher != document.title else "",
                    words.date_words(document.published) if document.published else "",
                )
                if part
            ),
            href=web_address(document.address),
            count=getattr(document, "claim_count"),  # noqa: B009 - counted by the query, unknown to the model
        )
        for document in page.items
    ]
    return {
        **frame(request, found, here="about"),
        "heading": gettext("About the data"),
        "report_href": reverse("public:report", args=[found.office.slug]),
        "states": words.state_lines(),
        "downloads": _downloads(found.office, ""),
        "documents": documents,
        "page": page,
    }


def no_office() -> dict[str, object]:
    offices = [Link(reverse("public:register", args=[row.slug]), str(row.local_government)) for row in cities.offices()]
    return {"offices": offices, "home_slug": settings.KEMBAR_HOME_OFFICE}
