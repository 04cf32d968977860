"""Promises as the desk shows them: rows of the ledger, who answers for them, what is said when a deed is refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from kembar.agreements.queries import papers_of
from kembar.commitments import actions, queries
from kembar.commitments.rules import ACCOUNT, OVERDUE, POST, shown_state
from kembar.commitments.states import MOVES, SHOWN, Modality, Move, Side
from kembar.desk.partner_file import paper_title
from kembar.desk.place import Place
from kembar.desk.saving import Attempt
from kembar.desk.today import keeper_of
from kembar.desk.words import length_words, partner_name, partner_names
from kembar.lib.dates import EdtfDate
from kembar.lib.tables import Column
from kembar.partnerships.queries import Partnership, files_of
from kembar.people.queries import office_members
from kembar.web import lists
from kembar.web.dates import written
from kembar.web.templatetags.web import moment

OPEN = "open"
STATES = [
    lists.Choice(OPEN, pgettext_lazy("promise", "all that are open")),
    *(lists.Choice(*one) for one in SHOWN.items()),
]
SORTS = [
    lists.Sort("due", gettext_lazy("Due")),
    lists.Sort("partner", gettext_lazy("Partner")),
    lists.Sort("made", pgettext_lazy("promise", "Made")),
    lists.Sort("entered", gettext_lazy("Entered")),
]
REFUSED: Mapping[str, str | Promise] = {
    "missing": gettext_lazy("This is needed."),
    "too_long": gettext_lazy("This is too long."),
    "unknown": gettext_lazy("This cannot be read."),
    "not_a_keeper": gettext_lazy("Choose a member of the office, or name a post of our side."),
    "same_keeper": gettext_lazy("The deputy is somebody else than the owner."),
    "due_before_made": gettext_lazy("It would be due before it was made."),
    "made_after_source": gettext_lazy("It would have been made after the source that tells of it was published."),
    "settled_before_made": gettext_lazy("This lies before the day on which it was promised."),
    "settled_later": gettext_lazy("This day is still to come."),
}
DOUBTS: Mapping[str, str | Promise] = {
    "made_long_before_source": gettext_lazy(
        "The promise would be more than a month older than the source that tells of it. Check the two dates."
    ),
}


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who answers for a promise. `left`: was a member of the office and is no longer."""

    name: str
    left: bool = False


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One line of the ledger, and the head of a promise's own page."""

    promise: queries.Commitment
    href: str
    partner: str
    partner_href: str
    state: str
    state_label: str
    side_label: str
    owner: Keeper
    deputy: Keeper

    @property
    def asks(self) -> bool:
        return self.state in (OVERDUE, "claimed") or self.owner.left or self.deputy.left


def listing(query: QueryDict, *, place: Place, path: str) -> lists.Listing:
    """What the address asks of the ledger. Raises Unclear."""
    files = list(files_of(place.id))
    names = partner_names(files)
    partners = sorted(((file.slug, names[file.pk]) for file in files), key=lambda one: one[1].casefold())
    offer = lists.ListPage(
        filters=[
            lists.Filter("state", gettext_lazy("State"), STATES),
            lists.Filter("partner", gettext_lazy("Partner"), [lists.Choice(*one) for one in partners]),
            lists.Filter("side", gettext_lazy("Who promised"), [lists.Choice(*one) for one in Side.choices]),
            lists.Filter("whose", gettext_lazy("Whose"), [lists.Choice("mine", gettext_lazy("mine"))]),
        ],
        sorts=SORTS,
        default_sort="due",
    )
    return offer.read(query, path=path)


def asked(place: Place, of: lists.Listing) -> QuerySet[queries.Commitment]:
    chosen = of.chosen
    filters = queries.Filters(
        state=chosen.get("state", ""), partner=chosen.get("partner", ""), side=chosen.get("side", ""),
        keeper=keeper_of(place) if "whose" in chosen else "", search=of.search, sort=of.sort,
    )  # fmt: skip
    rows = queries.ledger(place.id, filters=filters, on=place.today)
    return rows.prefetch_related("partnership__partner__names", "partnership__merged_into__partner__names")


def rows_of(found: Iterable[queries.Commitment], place: Place) -> list[PromiseRow]:
    members = {f"{ACCOUNT}{number}": name for number, name in office_members(place.office)}
    return [_row(promise, place, members) for promise in found]


def _row(promise: queries.Commitment, place: Place, members: Mapping[str, str]) -> PromiseRow:
    file = promise.partnership.merged_into or promise.partnership
    state = shown_state(promise.terms, on=place.today)
    return PromiseRow(
        promise=promise,
        href=reverse("desk:commitment", kwargs={"office": place.slug, "number": promise.pk}),
        partner=partner_name(file),
        partner_href=reverse("desk:partner", kwargs={"office": place.slug, "partner": file.slug}),
        state=state,
        state_label=str(SHOWN[state]) if promise.voided_at is None else gettext("voided"),
        side_label=str(Side(promise.side).label) if promise.side else gettext("not known"),
        owner=_keeper(promise.owner, members),
        deputy=_keeper(promise.deputy, members),
    )


def _keeper(key: str, members: Mapping[str, str]) -> Keeper:
    if key.startswith(ACCOUNT):
        return Keeper(members[key]) if key in members else Keeper(gettext("no longer in the office"), left=True)
    return Keeper(key.removeprefix(POST))


def facts(row: PromiseRow, zone: ZoneInfo) -> list[tuple[str, str]]:
    """What is known of a promise, label and words; what is not known and not asked for is left out."""
    promise = row.promise
    condition = (
        gettext("met: %(date)s") % {"date": written(promise.condition_met)}
        if promise.condition_met
        else (gettext("not met yet: the promise does not bind before"))
    )
    recurs = length_words(promise.every) if promise.every else gettext("interval not known")
    confirmed = moment(promise.confirmed_at.astimezone(zone)) if promise.confirmed_at else ""
    given = [
        (gettext("Who promised"), ", ".join(part for part in (row.side_label, promise.actor) if part)),
        (gettext("To whom"), promise.counterpart),
        (gettext("Due"), written(promise.due)),
        (gettext("Promised"), written(promise.made_on)),
        (gettext("Confirmed by the partner since"), confirmed),
        (gettext("Owner"), row.owner.name),
        (gettext("Deputy"), row.deputy.name),
        (gettext("How firmly"), str(Modality(promise.modality).label)),
        (gettext("Condition"), condition if promise.conditional else ""),
        (gettext("Recurs"), recurs if promise.recurring else ""),
        (gettext("Rounds kept"), str(promise.rounds) if promise.rounds else ""),
        (gettext("Settled"), written(promise.settled_on) if promise.settled_on else ""),
        (gettext("Evidence"), promise.evidence),
        (gettext("Reason"), promise.reason or promise.void_reason),
    ]
    return [(label, words) for label, words in given if words]


def moves(row: PromiseRow, place: Place) -> list[tuple[str, Move, str]]:
    """(name, move, its address) of every deed that can be done now."""
    promise = row.promise
    if not place.may_keep or promise.voided_at is not None:
        return []
    return [
        (name, move, reverse(f"desk:{name}-commitment", kwargs={"office": place.slug, "number": promise.pk}))
        for name, move in MOVES.items()
        if promise.state in move.begin and (name != "keep-round" or promise.recurring)
    ]


def keeper_choices(place: Place) -> list[tuple[str, str]]:
    return [(f"{ACCOUNT}{number}", name) for number, name in office_members(place.office)]


def paper_choices(file: Partnership) -> list[tuple[str, str]]:
    return [(paper.key, paper_title(paper.kind, paper.title)) for paper in papers_of(file)]


def attempt(form: forms.Form, act: Callable[[], object]) -> Attempt:
    """Runs the deed when the form is in order; what the action refuses is told beside the field it is about."""
    if not form.is_valid():
        return Attempt()
    try:
        act()
    except actions.Doubtful as error:
        return Attempt(doubts=[(code, str(DOUBTS[code])) for code in sorted(error.codes)])
    except (actions.ChangedMeanwhile, actions.WrongMove, actions.Voided):
        return Attempt(overtaken=True)
    except actions.WrongPromise as error:
        form.add_error(error.field if error.field in form.fields else None, str(REFUSED[error.code]))
        return Attempt()
    return Attempt(saved=True)


def columns() -> list[Column[PromiseRow]]:
    """What you see, as a file: codes for programs beside words for people."""
    return [
        Column("what", gettext("Promise"), lambda row: row.promise.what, 50),
        Column("partner", gettext("Partner"), lambda row: row.partner, 24),
        Column("state", gettext("State (code)"), lambda row: row.state, 14),
        Column("state_name", gettext("State"), lambda row: row.state_label, 18),
        Column("due", gettext("Due"), lambda row: _edtf(row.promise.due), 14),
        Column("due_in_words", gettext("Due, in words"), lambda row: written(row.promise.due), 24),
        Column("made_on", gettext("Promised"), lambda row: _edtf(row.promise.made_on), 14),
        Column("side", gettext("Who promised"), lambda row: row.side_label, 14),
        Column("actor", gettext("By"), lambda row: row.promise.actor, 24),
        Column("counterpart", gettext("To whom"), lambda row: row.promise.counterpart, 24),
        Column("owner", gettext("Owner"), lambda row: row.owner.name, 24),
        Column("deputy", gettext("Deputy"), lambda row: row.deputy.name, 24),
        Column("confirmed_at", gettext("Confirmed by the partner since"), lambda row: _moment(row.promise), 24),
        Column("sentence", gettext("The words of the source"), lambda row: row.promise.sentence, 50),
        Column("source", gettext("Source"), lambda row: row.promise.document.title, 30),
        Column("evidence", gettext("Evidence"), lambda row: row.promise.evidence, 30),
        Column("reason", gettext("Reason"), lambda row: row.promise.reason, 30),
    ]


def _moment(promise: queries.Commitment) -> str:
    return promise.confirmed_at.isoformat(timespec="seconds") if promise.confirmed_at else ""


def _edtf(value: EdtfDate | None) -> str:
    return value.edtf if value else ""
