"""The register: every partnership of an office with its legal state on a day."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy

from kembar.agreements import queries as agreements
from kembar.agreements.states import Activity, ApprovalKind, Headline
from kembar.api.fields import Choice, Text
from kembar.api.operation import OFFICE, PAGING, Call, Operation, open_to_all
from kembar.api.problems import not_found
from kembar.api.shapes import DATE, DAY, FLAG, NAMES, TEXT, WHOLE, code, dated, listing, many, maybe, named, record
from kembar.api.v1.agreements import AGREEMENT, ON, paper_shown
from kembar.api.v1.events import EVENT, event_shown
from kembar.cities import queries as cities
from kembar.partnerships import queries as partnerships
from kembar.partnerships.states import Kind, Standing
from kembar.sources import queries as sources

OPEN = "The register of a city's cooperation is public record."

PARTNERSHIP_FIELDS = {
    "slug": TEXT,
    "page": {"type": "string", "format": "uri"},
    "name": TEXT,
    "names": NAMES,
    "native_name": TEXT,
    "institution": maybe(TEXT),
    "country": TEXT,
    "kind": code(Kind.values),
    "legal_state": maybe(code(Headline.values)),
    "activity": maybe(code(Activity.values)),
    "since": maybe(DATE),
    "until": maybe(DATE),
    "sister_city": FLAG,
    "agreements": WHOLE,
    "open_claims": WHOLE,
}
PARTNERSHIP = record("Partnership", "A partnership as it stands on a day.", **PARTNERSHIP_FIELDS)
APPROVAL = record(
    "Approval",
    "An approval on the road to a paper.",
    id=WHOLE, kind=code(ApprovalKind.values), standing=code(Standing.values), date=maybe(DATE), number=TEXT,
    conditions=TEXT, scope=many(TEXT),
)  # fmt: skip
FILE = record(
    "PartnershipFile",
    "A partnership with all its records, as of a day. `legal_state` is null before the day it is first listed.",
    on=DAY,
    partnership=PARTNERSHIP,
    agreements=many(AGREEMENT),
    approvals=many(APPROVAL),
    events=many(EVENT),
)


def register(call: Call) -> dict[str, Any]:
    given = call.given
    rows = agreements.on_day(call.office.pk, on=given["on"] or call.today)
    if given["country"]:
        rows = rows.filter(partnership__partner__country=given["country"])
    if given["kind"]:
        rows = rows.filter(partnership__kind=given["kind"])
    if given["state"]:
        rows = rows.filter(headline=given["state"])
    if given["q"]:
        named_so = Q(partnership__partner_id__in=cities.ids_named(given["q"]))
        rows = rows.filter(named_so | Q(partnership__institution__icontains=given["q"]))
    return call.page(list(rows[call.bounds]), lambda spans: _lines(call, spans))


def _lines(call: Call, spans: Sequence[agreements.LegalSpan]) -> list[dict[str, Any]]:
    usual = cities.usual_names(span.partnership.partner_id for span in spans)
    waiting = sources.open_claims([span.partnership.key for span in spans], office_id=call.office.pk)
    return [
        _line(call, span.partnership, span, usual.get(span.partnership.partner_id, {}),
              waiting.get(span.partnership.key, 0))
        for span in spans
    ]  # fmt: skip


def _line(
    call: Call, file: partnerships.Partnership, span: agreements.LegalSpan | None, usual: dict[str, str], waiting: int
) -> dict[str, Any]:
    return {
        "slug": file.slug,
        "page": f"{settings.KEMBAR_SITE_ADDRESS}/{call.office.slug}/partners/{file.slug}/",
        "name": file.english_name,
        "names": named({} if file.institution else usual, file.english_name),
        "native_name": file.partner.native_name,
        "institution": file.institution or None,
        "country": file.partner.country,
        "kind": file.kind,
        "legal_state": span.headline if span else None,
        "activity": span.activity if span else None,
        "since": dated(span.since) if span else None,
        "until": dated(span.until) if span else None,
        "sister_city": bool(span and span.sister_city),
        "agreements": span.papers if span else 0,
        "open_claims": waiting,
    }


def one(call: Call) -> dict[str, Any]:
    file = file_named(call, call.path["partner"])
    on = call.given["on"] or call.today
    sheet = agreements.sheet(file, on=on)
    usual = cities.usual_names([file.partner_id]).get(file.partner_id, {})
    waiting = sum(claim.decision == "open" for claim in sheet.claims)
    return {
        "on": on.isoformat(),
        "partnership": _line(call, file, sheet.state, usual, waiting),
        "agreements": [
            paper_shown(item, partner=file.slug) for item in sheet.papers if item.paper.standing != Standing.REJECTED
        ],
        "approvals": [
            {
                "id": item.approval.pk, "kind": item.approval.kind, "standing": item.approval.standing,
                "date": dated(item.approval.date), "number": item.approval.number,
                "conditions": item.approval.conditions, "scope": item.scope,
            }
            for item in sheet.approvals
            if item.approval.standing != Standing.REJECTED
        ],
        "events": [
            event_shown(event, partner=file.slug) for event, _ in sheet.events if event.standing != Standing.REJECTED
        ],
    }  # fmt: skip


def file_named(call: Call, slug: str) -> partnerships.Partnership:
    """Raises Problem 404."""
    try:
        return partnerships.file(slug, office_id=call.office.pk)
    except partnerships.NoSuchPartnership:
        raise not_found() from None


OPERATIONS = [
    Operation(
        name="listPartnerships", path="/partnerships", group="partnerships",
        summary=gettext_lazy("The register on a day: every partnership with its legal state"),
        entry=open_to_all(OPEN), run=register, shape=listing(PARTNERSHIP),
        query=(
            ON,
            Text(name="country", about=gettext_lazy("Only partners in this country (ISO 3166-1, two letters)."),
                 longest=2, pattern="[A-Z]{2}"),
            Choice(name="kind", about=gettext_lazy("Only this kind."), codes=Kind.values),
            Choice(name="state", about=gettext_lazy("Only this legal state."), codes=Headline.values),
            Text(name="q", about=gettext_lazy("Only partners whose name, in any script, holds this."), longest=200),
            OFFICE, *PAGING,
        ),
    ),
    Operation(
        name="readPartnership", path="/partnerships/{partner}", group="partnerships",
        summary=gettext_lazy("One partnership with its agreements, approvals and events"),
        entry=open_to_all(OPEN), run=one, shape=FILE, query=(ON, OFFICE),
    ),
]  # fmt: skip
