"""Claims: what one source says of one record. Entered and decided with the same actions and checks as at the desk."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from kembar.access.permissions import Permission
from kembar.agreements import actions as agreements
from kembar.agreements.queries import NoSuchRecord
from kembar.agreements.states import OF_RECORD
from kembar.api.fields import Choice, Codes, Field, Text, Whole
from kembar.api.operation import OFFICE, PAGING, Answer, Call, Operation, by_token, open_to_all
from kembar.api.problems import Fault, Problem, invalid, not_found
from kembar.api.shapes import DATE, TEXT, WHOLE, code, dated, listing, maybe, record
from kembar.api.v1.filed import PARTNERSHIP, filed
from kembar.lib.dates import UnreadableDate, parse_edtf
from kembar.partnerships import queries as partnerships
from kembar.sources import queries
from kembar.sources.actions import ReasonMissing
from kembar.sources.rules import DUPLICATE, END_BEFORE_START, FUTURE, LEVEL, ORDINAL, WEEKDAY, Doubt
from kembar.sources.states import Confidence, Decision
from kembar.web.dates import written

OPEN = "What sources say of the public register, and what the office holds of it, is shown to everyone."
CLAIM = record(
    "Claim",
    "What one source says of one attribute of one record. `seen` differs as soon as a statement on the same attribute "
    "comes or is decided otherwise; only one claim that is asked for alone has it. `decided_by` needs the scope read.",
    id=WHOLE, partnership=maybe(TEXT), subject=TEXT, attribute=TEXT, value=TEXT, date=maybe(DATE), said=TEXT,
    source=WHOLE, source_title=TEXT, confidence=code(Confidence.values), decision=code(Decision.values), reason=TEXT,
    decided_by=maybe(TEXT), seen=maybe(TEXT),
)  # fmt: skip
_DOUBTS: Mapping[str, str | Promise] = {
    WEEKDAY: gettext_lazy("The source names a weekday that %(date)s was not. Check the day, the month and the year."),
    FUTURE: gettext_lazy("%(date)s lies after the day of the source (%(known_on)s): it cannot have happened yet."),
    END_BEFORE_START: gettext_lazy("The end (%(end)s) lies before the beginning (%(start)s)."),
    ORDINAL: gettext_lazy("The source counts this partner as number %(claimed)s; by the register it is %(counted)s."),
    DUPLICATE: gettext_lazy("The file holds one of this kind with the date %(date)s already. Is it the same one?"),
    LEVEL: gettext_lazy(
        "%(partner)s is not of the same level as %(office)s. Say in the reason why it fits all the same."
    ),
}
ATTRIBUTES = sorted({attribute.value for held in OF_RECORD.values() for attribute in held})
_DATED = ("date", "known_on", "start", "end")
_DECISION = Choice(
    name="decision", about=gettext_lazy("What the office holds of it. Anything but “open” needs the scope “decide”."),
    codes=Decision.values, empty=Decision.OPEN.value,
)  # fmt: skip
_REASON = Text(name="reason", about=gettext_lazy("Why; needed to reject. It is shown to everyone."), longest=1000)
ENTERED: tuple[Field, ...] = (
    Text(name="subject", required=True, longest=60, pattern="(instrument|signature|approval|event|partnership):[0-9]+",
         about=gettext_lazy("The record it speaks of, by its key: instrument:7, partnership:3.")),
    Choice(name="attribute", required=True, codes=ATTRIBUTES,
           about=gettext_lazy("What it states of the record.")),
    Text(name="value", required=True, longest=4000,
         about=gettext_lazy("The value: EDTF for a date, ISO 8601 for a length, “a; b” for a list.")),
    Whole(name="source", required=True, least=1, most=10**15, about=gettext_lazy("The number of the source.")),
    Text(name="said", about=gettext_lazy("The words of the source, as they stand."), longest=2000),
    Choice(name="confidence", about=gettext_lazy("How far the source is trusted."), codes=Confidence.values,
           empty=Confidence.UNKNOWN.value),
    _DECISION,
    _REASON,
    Codes(name="confirmed", codes=sorted(_DOUBTS),
          about=gettext_lazy("The codes of doubts that somebody has looked at and found no fault in.")),
)  # fmt: skip
DECIDED: tuple[Field, ...] = (
    Choice(name="decision", about=_DECISION.about, codes=Decision.values, required=True),
    _REASON,
    Text(name="seen", longest=16, pattern="[0-9a-f]{16}",
         about=gettext_lazy("What “seen” was when it was read; where it differs by now, nothing is saved (409).")),
)  # fmt: skip


def _lines(call: Call, found: Sequence[tuple[queries.Said, str]]) -> list[dict[str, Any]]:
    files = partnerships.files_by_key({about for _, about in found}, office_id=call.office.pk)
    inside = call.may(Permission.READ_DESK)
    return [
        {
            "id": said.id, "partnership": files[about].slug if about in files else None, "subject": said.subject,
            "attribute": said.attribute, "value": said.value, "date": dated(said.date), "said": said.said,
            "source": said.document_id, "source_title": said.document, "confidence": said.confidence,
            "decision": said.decision, "reason": said.reason, "decided_by": said.decided_by if inside else None,
            "seen": None,
        }
        for said, about in found
    ]  # fmt: skip


def claims(call: Call) -> dict[str, Any]:
    given, file = call.given, filed(call)
    rows = queries.claims_asked(
        call.office.pk, search=given["q"], decision=given["decision"], confidence=given["confidence"],
        document=given["source"],
    )  # fmt: skip
    if file is not None:
        rows = rows.filter(about=file.key)
    return call.page(queries.page_of_claims(rows, bounds=call.bounds), lambda found: _lines(call, found))


def claim(call: Call) -> dict[str, Any]:
    row = _named(call)
    [line] = _lines(call, queries.page_of_claims(queries.claims_of(call.office.pk).filter(pk=row.pk), bounds=slice(1)))
    return line | {"seen": _seen(row)}


def _named(call: Call) -> queries.Claim:
    try:
        return queries.claim(call.path["id"], office_id=call.office.pk)
    except queries.NoSuchClaim:
        raise not_found() from None


def _seen(row: queries.Claim) -> str:
    beside = queries.claims_on(row.subject, office_id=row.office_id)
    return queries.seen(said for said in beside if said.attribute == row.attribute)


def enter(call: Call) -> Answer:
    given = call.body
    source = agreements.Source(
        document_id=given["source"], said=given["said"], confidence=given["confidence"], decision=given["decision"],
        reason=given["reason"],
    )  # fmt: skip

    def add() -> tuple[queries.Claim, bool]:
        return agreements.add_claim(
            given["subject"], by=call.by, office_id=call.office.pk, source=source, attribute=given["attribute"],
            value=given["value"], confirmed=given["confirmed"],
        )  # fmt: skip

    row, made = _told(add)
    call.path["id"] = row.pk
    return Answer(claim(call), status=201 if made else 200, headers={"Location": f"/api/v1/claims/{row.pk}"})


def decide(call: Call) -> dict[str, Any]:
    row, given = _named(call), call.body
    if given["seen"] and given["seen"] != _seen(row):
        raise Problem(409)
    _told(lambda: agreements.decide_claim(row, by=call.by, decision=given["decision"], reason=given["reason"]))
    return claim(call)


def _told(deed: Callable[[], Any]) -> Any:
    """What the action refuses, as a problem beside the field it is about."""
    try:
        return deed()
    except agreements.Doubtful as error:
        faults = [Fault("#/confirmed", _doubt_words(doubt), doubt.code) for doubt in error.doubts]
        raise Problem(
            422, gettext("Something looks wrong. Confirm each doubt by its code to enter it all the same."),
            faults=faults,
        ) from None  # fmt: skip
    except agreements.WrongValue as error:
        where = "#/value" if error.attribute else "#/attribute"
        raise invalid([Fault(where, gettext("This record has no such attribute, or not with this value."))]) from None
    except ReasonMissing:
        raise invalid([Fault("#/reason", gettext("Give the reason: it stays beside the statement."))]) from None
    except NoSuchRecord:
        raise invalid([Fault("#/subject", gettext("This office has no such record."))]) from None
    except queries.NoSuchDocument:
        raise invalid([Fault("#/source", gettext("This office has no such source."))]) from None
    except agreements.SupersessionCircle:
        raise invalid([Fault("#/value", gettext("In the end this paper would take its own place."))]) from None


def _doubt_words(doubt: Doubt) -> str:
    facts = {name: _written(value) if name in _DATED else value for name, value in doubt.facts.items()}
    return str(_DOUBTS[doubt.code]) % facts


def _written(text: str) -> str:
    try:
        return written(parse_edtf(text))
    except UnreadableDate:
        return text


OPERATIONS = [
    Operation(
        name="listClaims", path="/claims", group="claims",
        summary=gettext_lazy("What sources say, and what the office holds of it"),
        entry=open_to_all(OPEN), run=claims, shape=listing(CLAIM),
        query=(
            PARTNERSHIP,
            Whole(name="source", about=gettext_lazy("Only what this source says, by its number."), least=1,
                  most=10**15),
            Choice(name="decision", about=gettext_lazy("Only with this decision."), codes=Decision.values),
            Choice(name="confidence", about=gettext_lazy("Only with this confidence."), codes=Confidence.values),
            Text(name="q", about=gettext_lazy("Only those whose value, words or source hold this."), longest=200),
            OFFICE, *PAGING,
        ),
    ),
    Operation(
        name="enterClaim", method="POST", path="/claims", group="claims",
        summary=gettext_lazy("Enters what a source says; the same statement of the same source is one claim"),
        entry=by_token(Permission.KEEP_REGISTER), run=enter, shape=CLAIM, body=ENTERED, statuses=(200, 201),
        problems=(403,),
    ),
    Operation(
        name="readClaim", path="/claims/{id}", group="claims", summary=gettext_lazy("One claim"),
        entry=open_to_all(OPEN), run=claim, shape=CLAIM, query=(OFFICE,),
    ),
    Operation(
        name="decideClaim", method="PUT", path="/claims/{id}/decision", group="claims",
        summary=gettext_lazy("Accepts, rejects or reopens a claim, with the reason"),
        entry=by_token(Permission.DECIDE_CLAIMS), run=decide, shape=CLAIM, body=DECIDED, problems=(403, 409),
    ),
]  # fmt: skip
