"""Promises as the desk shows them: rows of the ledger, who answers for them, what is said when a deed is refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from kembar.commitments import actions, queries
from kembar.commitments.rules import ACCOUNT, POST, shown_state
from kembar.commitments.states import MOVES, SHOWN, Modality, Move, Side
from kembar.desk.place import Place
from kembar.desk.saving import Attempt
from kembar.desk.words import length_words, partner_names
from kembar.partnerships.queries import Partnership
from kembar.people.queries import office_members
from kembar.web.dates import written
from kembar.web.templatetags.web import moment

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
    def left(self) -> bool:
        """Whether somebody who answers for it is no longer in the office."""
        return self.owner.left or self.deputy.left


def rows_of(found: Iterable[queries.Commitment], place: Place) -> list[PromiseRow]:
    """Two queries, however many there are."""
    rows = list(found)
    members = dict(keeper_choices(place))
    names = partner_names(_file(row) for row in rows)
    return [_row(row, place, members, names) for row in rows]


def to_keep(file: Partnership, place: Place, *, most: int) -> tuple[list[PromiseRow], int]:
    """The `most` pressing of what was promised and is not settled, and how many more there are."""
    found = queries.unsettled(file, on=place.today)
    shown = rows_of(found[:most], place)
    return shown, found.count() - len(shown) if len(shown) == most else 0


def _file(promise: queries.Commitment) -> Partnership:
    return promise.partnership.merged_into or promise.partnership


def _row(promise: queries.Commitment, place: Place, members: Mapping[str, str], names: Mapping[int, str]) -> PromiseRow:
    file = _file(promise)
    state = shown_state(promise.terms, on=place.today)
    return PromiseRow(
        promise=promise,
        href=reverse("desk:commitment", kwargs={"office": place.slug, "number": promise.pk}),
        partner=names[file.pk],
        partner_href=reverse("desk:partner", kwargs={"office": place.slug, "partner": file.slug}),
        state=state,
        state_label=str(SHOWN[state]) if promise.voided_at is None else gettext("voided"),
        side_label=str(Side(promise.side).label) if promise.side else gettext("not known"),
        owner=keeper_named(promise.owner, members),
        deputy=keeper_named(promise.deputy, members),
    )


def keepers_of(file: Partnership, place: Place) -> tuple[Keeper, Keeper]:
    """Who answers for a partner, and in their stead. One query."""
    members = dict(keeper_choices(place))
    return keeper_named(file.owner, members), keeper_named(file.deputy, members)


def keepers_to_begin_with(file: Partnership, members: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Whoever answers for the partner answers for a new promise too, until another one is chosen; nobody who has
    left."""
    here = dict(members)
    given = {"owner": file.owner, "deputy": file.deputy}
    return {name: key for name, key in given.items() if key.startswith(POST) or key in here}


def keeper_named(key: str, members: Mapping[str, str]) -> Keeper:
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
