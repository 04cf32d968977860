"""Papers: what was signed, by whom, for how long, and in which state on a day."""

from typing import Any

from django.utils.translation import gettext_lazy

from kembar.agreements import papers
from kembar.agreements.queries import PaperSheet
from kembar.agreements.states import InstrumentKind, InstrumentState, Mode
from kembar.api.fields import Choice, Day
from kembar.api.operation import OFFICE, PAGING, Call, Operation, open_to_all
from kembar.api.problems import not_found
from kembar.api.shapes import DATE, TEXT, WHOLE, code, dated, listing, many, maybe, record
from kembar.api.v1.filed import PARTNERSHIP, filed
from kembar.partnerships.states import Standing

OPEN = "What a city has signed is public record."
ON = Day(name="on", about=gettext_lazy("The day the answer speaks of; today at the office where it is left out."))
SIGNATURE = record(
    "Signature",
    "One party's signature under a paper.",
    id=WHOLE, party=TEXT, signatory=TEXT, post=TEXT, place=TEXT, mode=code(Mode.values), date=maybe(DATE),
    standing=code(Standing.values),
)  # fmt: skip
AGREEMENT = record(
    "Agreement",
    "A paper; `key` is how claims name it.",
    id=WHOLE, key=TEXT, partnership=TEXT, kind=code(InstrumentKind.values), title=TEXT,
    state=code(InstrumentState.values), standing=code(Standing.values), concluded=maybe(DATE), effective=maybe(DATE),
    term=TEXT, ends=maybe(DATE), lapsed=maybe(DATE), languages=TEXT, parent=maybe(WHOLE), supersedes=maybe(WHOLE),
    scope=many(TEXT), signatures=many(SIGNATURE),
)  # fmt: skip


def paper_shown(item: PaperSheet, *, partner: str) -> dict[str, Any]:
    paper = item.paper
    return {
        "id": paper.pk, "key": paper.key, "partnership": partner, "kind": paper.kind, "title": paper.title,
        "state": item.state, "standing": paper.standing, "concluded": dated(paper.concluded),
        "effective": dated(paper.effective), "term": paper.term, "ends": dated(paper.ends),
        "lapsed": dated(paper.lapsed), "languages": paper.languages, "parent": paper.parent_id,
        "supersedes": paper.supersedes_id, "scope": item.scope,
        "signatures": [
            {
                "id": one.pk, "party": one.party.english_name, "signatory": one.signatory, "post": one.post,
                "place": one.place, "mode": one.mode, "date": dated(one.date), "standing": one.standing,
            }
            for one in item.signatures
            if one.standing != Standing.REJECTED
        ],
    }  # fmt: skip


def agreements(call: Call) -> dict[str, Any]:
    rows = papers.papers_asked(call.office.pk, kind=call.given["kind"], partnership=filed(call))
    on = call.given["on"] or call.today
    return call.page(
        list(rows[call.bounds]),
        lambda found: [paper_shown(item, partner=item.paper.partnership.slug) for item in papers.sheets(found, on=on)],
    )


def agreement(call: Call) -> dict[str, Any]:
    rows = list(papers.papers_asked(call.office.pk, number=call.path["id"]))
    if not rows:
        raise not_found()
    [item] = papers.sheets(rows, on=call.given["on"] or call.today)
    return paper_shown(item, partner=item.paper.partnership.slug)


OPERATIONS = [
    Operation(
        name="listAgreements", path="/agreements", group="agreements",
        summary=gettext_lazy("The papers of an office with their state on a day"),
        entry=open_to_all(OPEN), run=agreements, shape=listing(AGREEMENT),
        query=(
            ON, PARTNERSHIP,
            Choice(name="kind", about=gettext_lazy("Only this kind."), codes=InstrumentKind.values),
            OFFICE, *PAGING,
        ),
    ),
    Operation(
        name="readAgreement", path="/agreements/{id}", group="agreements", summary=gettext_lazy("One paper"),
        entry=open_to_all(OPEN), run=agreement, shape=AGREEMENT, query=(ON, OFFICE),
    ),
]  # fmt: skip
