"""Many promises changed at once, as the desk shows it: which were chosen, and what came of each."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from kembar.commitments import actions, queries
from kembar.desk.forms.many import ManyForm
from kembar.desk.place import Place
from kembar.desk.promises import REFUSED, PromiseRow, rows_of
from kembar.web import lists
from kembar.web.page import Unclear

_CHOSEN = re.compile(r"([1-9][0-9]{0,17}):([1-9][0-9]{0,8})")
_WHY: Mapping[str, str | Promise] = {
    "voided": gettext_lazy("It was voided."),
    "overtaken": gettext_lazy("A colleague changed it first. Look at it as it is now, and send again."),
    "wrong_move": gettext_lazy("From this state the step is not possible."),
    "unchanged": gettext_lazy("Nothing to change: it stands so already."),
}


@dataclass(frozen=True, slots=True)
class Done:
    """What came of sending the form; empty where it was only opened, or could not be read."""

    answers: Mapping[int, actions.Answer] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return sum(not answer.refused for answer in self.answers.values())

    @property
    def refused(self) -> int:
        return len(self.answers) - self.number


@dataclass(frozen=True, slots=True)
class Chosen:
    """One promise that was chosen. `value` names it with the version that is shown; `told` is what came of it."""

    row: PromiseRow
    value: str
    checked: bool
    told: str
    refused: bool


def value(promise: queries.Commitment) -> str:
    return f"{promise.pk}:{promise.version}"


def address(rows: Iterable[PromiseRow], place: Place, of: lists.Listing) -> str:
    """Where all these are changed together."""
    given = [*(("chosen", value(row.promise)) for row in rows), ("list", of.query)]
    return f"{reverse('desk:change-commitments', kwargs={'office': place.slug})}?{urlencode(given)}"


def chosen(given: QueryDict, *, back: str) -> dict[int, int]:
    """Number → version, in the order of the list. Raises Unclear."""
    found = [_CHOSEN.fullmatch(text) for text in given.getlist("chosen")]
    if len(found) > actions.MOST:
        raise Unclear(gettext("Choose at most %(number)d promises at once.") % {"number": actions.MOST}, back=back)
    if not all(found):
        raise Unclear(gettext("It cannot be read which promises were chosen."), back=back)
    return {int(match[1]): int(match[2]) for match in found if match}


def attempt(form: ManyForm, seen: Mapping[int, int], place: Place) -> Done:
    if not form.is_valid():
        return Done()
    try:
        answers = actions.change_many(seen, by=place.actor, office_id=place.id, change=form.change())
    except actions.NothingChosen:
        form.add_error(None, gettext("Choose at least one promise, and say what is to become of it."))
        return Done()
    return Done({answer.number: answer for answer in answers})


def rows(seen: Mapping[int, int], done: Done, place: Place) -> list[Chosen]:
    """As they stand now. What was refused stays chosen, to be sent again; what this office does not have is left
    out."""
    found = {row.pk: row for row in queries.several(seen, office_id=place.id)}
    shown = rows_of((found[number] for number in seen if number in found), place)
    return [_chosen(row, seen[row.promise.pk], done.answers.get(row.promise.pk)) for row in shown]


def _chosen(row: PromiseRow, version: int, answer: actions.Answer | None) -> Chosen:
    now = value(row.promise)
    if answer is None:
        return Chosen(row, f"{row.promise.pk}:{version}", checked=True, told="", refused=False)
    if not answer.refused:
        told = gettext("Done. The partner’s confirmation fell with it.") if answer.fell else gettext("Done.")
        return Chosen(row, now, checked=False, told=told, refused=False)
    told = str(_WHY.get(answer.refused) or REFUSED[answer.refused])
    if answer.field in ManyForm.base_fields:
        told = f"{ManyForm.base_fields[answer.field].label}: {told}"
    return Chosen(row, now, checked=answer.refused not in ("voided", "unchanged"), told=told, refused=True)
