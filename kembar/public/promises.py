"""What everyone may read of a partnership's promises: overdue, under way, kept, dropped, each with its sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from kembar.commitments import queries as commitments
from kembar.commitments.content import WORDS, due_words
from kembar.commitments.rules import ACCEPTED, CONFIRMED, DROPPED, IN_PROGRESS, KEPT, OVERDUE, PARTLY_KEPT, shown_state
from kembar.commitments.states import SHOWN, Side
from kembar.languages.queries import texts
from kembar.languages.rules import Shown
from kembar.lib.dates import EdtfDate
from kembar.lib.tables import Column
from kembar.public.cited import web_address
from kembar.public.words import date_words
from kembar.web.addresses import html_language

# (code of the group, its heading, the states in it), in the order of the page.
GROUPS: tuple[tuple[str, str | Promise, frozenset[str]], ...] = (
    ("overdue", pgettext_lazy("promises", "Overdue"), frozenset({OVERDUE})),
    ("under-way", pgettext_lazy("promises", "Under way"), frozenset({ACCEPTED, CONFIRMED, IN_PROGRESS})),
    ("kept", pgettext_lazy("promises", "Kept"), frozenset({KEPT, PARTLY_KEPT})),
    ("dropped", pgettext_lazy("promises", "Dropped"), frozenset({DROPPED})),
)
_DATED: dict[str, str | Promise] = {
    KEPT: gettext_lazy("kept: %(date)s"),
    PARTLY_KEPT: gettext_lazy("partly kept: %(date)s"),
    DROPPED: gettext_lazy("dropped: %(date)s"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One promise as a visitor reads it.

    `commitment` names the promise as its office does, `key` marks its place on the page. `unconfirmed`: it is shown
    though the partner has not confirmed it; `confirmed`: it has.
    """

    key: str
    commitment: str
    what: str
    what_language: str
    state: str
    state_label: str
    by: str
    due: str
    due_date: EdtfDate | None
    made_on: str
    made_date: EdtfDate | None
    settled: str
    settled_date: EdtfDate | None
    reason: str
    sentence: str
    language: str
    source: str
    source_href: str
    published: str
    conditional: bool
    unconfirmed: bool
    confirmed: bool
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    heading: str
    lines: list[Line]


def lines(file: Any, *, city: str, partner: str, on: date) -> list[Line]:
    """Every promise of the file that is shown to everyone, the earliest due first."""
    who = {
        Side.OWN: gettext("promised by %(city)s") % {"city": city},
        Side.PARTNER: gettext("promised by %(city)s") % {"city": partner},
        Side.BOTH: gettext("promised by %(city)s and %(partner)s") % {"city": city, "partner": partner},
    }
    rows = list(commitments.promise_page(file))
    told = texts([row.key for row in rows], office_id=file.office_id, language=get_language() or "id")
    return [_line(row, told.get((row.key, WORDS)), who=who, on=on) for row in rows]


def _line(row: commitments.Commitment, told: Shown | None, *, who: dict[Side, str], on: date) -> Line:
    state = shown_state(row.terms, on=on)
    document = row.document
    settled = str(_DATED[state]) % {"date": date_words(row.settled_on)} if row.settled_on and state in _DATED else ""
    return Line(
        key=f"promise-{row.pk}", commitment=row.key, what=told.text if told else row.what,
        what_language=html_language(told.language if told else row.written_in), state=state,
        state_label=str(SHOWN[state]), by=who[Side(row.side)],
        due=due_words(row) if row.recurring else date_words(row.due), due_date=row.due,
        settled=settled, settled_date=row.settled_on,
        made_on=date_words(row.made_on) if row.made_on else "", made_date=row.made_on,
        reason=row.reason, sentence=row.sentence,
        language=document.language, source=document.title, source_href=web_address(document.address),
        published=date_words(document.published) if document.published else "",
        conditional=row.conditional and row.condition_met is None,
        unconfirmed=row.confirmed_at is None,
        confirmed=row.confirmed_at is not None,
        accepted_at=row.accepted_at or row.entered_at,
    )  # fmt: skip


def groups(found: Iterable[Line]) -> list[Group]:
    rows = list(found)
    return [
        Group(code, str(heading), [line for line in rows if line.state in states]) for code, heading, states in GROUPS
    ]


def columns(*, page: str) -> list[Column[Line]]:
    """The same for CSV, XLSX and JSON: codes for programs and words for people. `page` is the whole address of the page
    they stand on."""
    return [
        Column("promise", gettext("Promise"), lambda line: line.what, 50),
        Column("state", gettext("State (code)"), lambda line: line.state, 14),
        Column("state_name", gettext("State"), lambda line: line.state_label, 18),
        Column("by", gettext("Who promised"), lambda line: line.by, 24),
        Column("made", gettext("Promised on"), lambda line: _edtf(line.made_date), 14),
        Column("due", gettext("Due"), lambda line: _edtf(line.due_date), 14),
        Column("due_in_words", gettext("Due, in words"), lambda line: line.due, 24),
        Column("settled", gettext("What became of it"), lambda line: line.settled, 24),
        Column("settled_on", gettext("Settled on"), lambda line: _edtf(line.settled_date), 14),
        Column("reason", gettext("Reason"), lambda line: line.reason, 30),
        Column("sentence", gettext("Words of the source"), lambda line: line.sentence, 50),
        Column("source", gettext("Source"), lambda line: line.source, 30),
        Column("source_address", gettext("Address of the source"), lambda line: line.source_href, 30),
        Column("published", gettext("Source published"), lambda line: line.published, 18),
        Column("unconfirmed", gettext("Not yet confirmed by the partner"), lambda line: line.unconfirmed, 12),
        Column("confirmed", gettext("Confirmed by the partner"), lambda line: line.confirmed, 12),
        Column("address", gettext("Page"), lambda line: f"{page}#{line.key}", 40),
    ]


def _edtf(value: EdtfDate | None) -> str:
    return value.edtf if value else ""
