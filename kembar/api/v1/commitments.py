"""Promises: those everyone may read; with a token of the office the whole ledger."""

from typing import Any

from django.utils.translation import gettext_lazy

from kembar.access.permissions import Permission
from kembar.api.fields import Choice, Text
from kembar.api.operation import OFFICE, PAGING, Call, Operation, open_to_all
from kembar.api.shapes import DATE, FLAG, TEXT, WHOLE, code, dated, listing, maybe, record
from kembar.api.v1.filed import PARTNERSHIP, filed
from kembar.commitments import queries as commitments
from kembar.commitments.rules import shown_state
from kembar.commitments.states import SHOWN, Side

COMMITMENT = record(
    "Commitment",
    "A promise with the sentence that proves it. `side` is empty while nobody has said whose promise it is; "
    "`confirmed`: the partner has confirmed it as it reads now.",
    id=WHOLE, partnership=TEXT, what=TEXT, state=code(SHOWN), side=code(["", *Side.values]), confirmed=FLAG,
    due=maybe(DATE), made_on=maybe(DATE), settled_on=maybe(DATE), conditional=FLAG, recurring=FLAG, sentence=TEXT,
    reason=TEXT, source=WHOLE, source_title=TEXT,
)  # fmt: skip


def ledger(call: Call) -> dict[str, Any]:
    given, file = call.given, filed(call)
    filters = commitments.Filters(state=given["state"], partner=file.slug if file else "", search=given["q"])
    asked = commitments.ledger if call.may(Permission.READ_DESK) else commitments.shown_to_everyone
    rows = asked(call.office.pk, filters=filters, on=call.today)
    return call.page(list(rows[call.bounds]), lambda found: [_shown(call, row) for row in found])


def _shown(call: Call, row: commitments.Commitment) -> dict[str, Any]:
    return {
        "id": row.pk, "partnership": (row.partnership.merged_into or row.partnership).slug, "what": row.what,
        "state": shown_state(row.terms, on=call.today), "side": row.side,
        "confirmed": row.confirmed_at is not None, "due": dated(row.due),
        "made_on": dated(row.made_on), "settled_on": dated(row.settled_on), "conditional": row.conditional,
        "recurring": row.recurring, "sentence": row.sentence, "reason": row.reason, "source": row.document_id,
        "source_title": row.document.title,
    }  # fmt: skip


OPERATIONS = [
    Operation(
        name="listCommitments", path="/commitments", group="commitments",
        summary=gettext_lazy("Promises that everyone may read; with a token of the office all of its ledger"),
        entry=open_to_all("What an office has promised and accepted as its own is for everyone to follow."),
        run=ledger, shape=listing(COMMITMENT),
        query=(
            PARTNERSHIP,
            Choice(name="state", about=gettext_lazy("Only in this state."), codes=["open", *SHOWN]),
            Text(name="q", about=gettext_lazy("Only those whose words hold this."), longest=200), OFFICE, *PAGING,
        ),
    )
]  # fmt: skip
