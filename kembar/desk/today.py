"""What Today shows: figures that open the list they count, what presses, what was done; of the office or one's own.

One's own is what the records say: promises one answers for, texts one had read, statements one entered. Partners and
visitors' reports belong to the whole office.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from kembar.access.permissions import Permission, may
from kembar.agreements import queries as agreements
from kembar.agreements.queries import PartnerDue
from kembar.commitments import queries as commitments
from kembar.commitments.rules import ACCOUNT, OPEN, OVERDUE, shown_state
from kembar.desk import confirming, translating
from kembar.desk.history import FOLLOWED
from kembar.desk.named import HistoryLine, history_lines
from kembar.desk.partner_file import due_words, is_urgent
from kembar.desk.place import Place
from kembar.desk.words import partner_name, partner_names
from kembar.intake import queries as intake
from kembar.journal.queries import of_office
from kembar.mailbox.queries import letters
from kembar.mailbox.states import LetterState
from kembar.people.queries import office_members
from kembar.procedure.queries.cases import how_many_open as open_cases
from kembar.sources import queries as sources
from kembar.web import lists
from kembar.web.dates import written

MOST_DUE = 12
MOST_WAITING = 5
MOST_DEEDS = 15
SOON = timedelta(days=90)
ENTERED = lists.Filter("whose", gettext_lazy("By whom"), [lists.Choice("mine", gettext_lazy("by me"))])
TODAY = lists.ListPage(filters=[ENTERED], search=False)


@dataclass(frozen=True, slots=True)
class Count:
    """A figure that opens the list it counts."""

    number: int
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something that presses: what it is about, the page where it is seen to, a sentence."""

    name: str
    href: str
    text: str
    urgent: bool


def is_mine(query: QueryDict, *, path: str) -> bool:
    """Whether the address asks for one's own alone. Raises Unclear."""
    return "whose" in TODAY.read(query, path=path).chosen


def _to(place: Place) -> Callable[..., str]:
    def to(name: str, query: str = "") -> str:
        return reverse(name, kwargs={"office": place.slug}) + query

    return to


def office_counts(place: Place, pressing: int, left: list[Count]) -> list[Count]:
    to = _to(place)
    drafts = Count(
        intake.waiting(place.id), gettext("drafts from texts to decide"), to("intake:texts", "?state=waiting")
    )
    return [
        *([drafts] if place.may_keep else []),
        Count(pressing, gettext("partners where something presses"), to("desk:partners", "?due=any")),
        Count(len(sources.disputed(place.id)), gettext("disagreements to decide"), to("desk:contradictions")),
        Count(sources.waiting_claims(place.id), gettext("statements to decide"), to("desk:claims", "?decision=open")),
        *_promises(place, ("claimed", "overdue")),
        *left,
        Count(open_cases(place.id), gettext("cases waiting on the legal road"), to("desk:cases", "?standing=open")),
        *_partners(place),
        Count(sources.waiting_reports(place.id), gettext("reports to answer"), to("desk:reports", "?outcome=open")),
    ]


def _partners(place: Place) -> list[Count]:
    """What came back from the partners, and what waits for words in their languages; for who may see it."""
    to = _to(place)
    found = []
    if place.may_read_private:
        if failed := letters(place.id, state=LetterState.FAILED).count():
            found.append(Count(failed, gettext("letters that could not be sent"), to("desk:letters", "?state=failed")))
        number = confirming.how_many_to_look_at(place)
        found.append(Count(number, gettext("answers from partners to look at"), to("desk:confirmations")))
    if place.may_translate:
        found.append(Count(len(translating.queue(place)), gettext("promises to translate"), to("desk:translations")))
    return found


def own_counts(place: Place) -> list[Count]:
    to = _to(place)
    person = place.actor.person_id
    drafts = Count(
        intake.waiting(place.id, entered_by=person), gettext("drafts from texts I had read"),
        to("intake:texts", "?state=waiting&whose=mine"),
    )  # fmt: skip
    return [
        *_promises(place, ("overdue", "claimed", "open"), "&whose=mine", keeper=keeper_of(place)),
        Count(agreements.kept_by(place.id, on=place.today, keeper=keeper_of(place)),
              gettext("partners I answer for"), to("desk:partners", "?whose=mine")),
        *([drafts] if place.may_keep else []),
        Count(len(sources.disputed(place.id, entered_by=person)), gettext("disagreements about what I entered"),
              to("desk:contradictions", "?whose=mine")),
        Count(sources.waiting_claims(place.id, entered_by=person), gettext("statements I entered, to decide"),
              to("desk:claims", "?decision=open&whose=mine")),
    ]  # fmt: skip


def keeper_of(place: Place) -> str:
    """How a promise names the person who asks as its owner or deputy."""
    return f"{ACCOUNT}{place.actor.person_id}"


def _promises(place: Place, states: tuple[str, ...], more: str = "", *, keeper: str = "") -> list[Count]:
    labels = {
        "claimed": gettext("promises to accept"),
        "overdue": gettext("promises overdue"),
        "open": gettext("promises still open"),
    }
    found = commitments.counts(place.id, filters=commitments.Filters(keeper=keeper), on=place.today)
    found["open"] = sum(found.get(state, 0) for state in (OVERDUE, *OPEN))
    to = _to(place)
    return [
        Count(found.get(state, 0), labels[state], to("desk:commitments", f"?state={state}{more}")) for state in states
    ]


def left_behind(place: Place) -> list[Count]:
    """The partners and promises whose owner or deputy is no longer in the office, where there are any."""
    here = [f"{ACCOUNT}{number}" for number, _ in office_members(place.office)]
    number = commitments.how_many(place.id, state="", on=place.today, keeper="left", here=here)
    to, partners = _to(place), agreements.left_behind(place.id, on=place.today, here=here)
    found = [
        Count(partners, gettext("partners whose owner or deputy has left"), to("desk:partners", "?whose=left")),
        Count(number, gettext("promises whose owner or deputy has left"), to("desk:commitments", "?whose=left")),
    ]
    return [count for count in found if count.number]


def is_head(place: Place) -> bool:
    """Whether it falls to whoever asks to name new owners."""
    return may(place.actor, Permission.MANAGE_MEMBERS, office_id=place.id)


def office_due(pressing: list[PartnerDue], place: Place) -> list[DueLine]:
    """The most pressing partners."""
    shown = pressing[:MOST_DUE]
    names = partner_names(item.span.partnership for item in shown)
    return [
        DueLine(
            names[item.span.partnership_id],
            reverse("desk:partner", kwargs={"office": place.slug, "partner": item.span.partnership.slug}),
            due_words(item.due),
            is_urgent(item.due),
        )
        for item in shown
    ]


def own_due(place: Place) -> list[DueLine]:
    """The promises one answers for that are overdue or due within 90 days."""
    rows = commitments.due_by(place.today + SOON, office_id=place.id, keeper=keeper_of(place))
    found = rows.prefetch_related("partnership__partner__names")[:MOST_DUE]
    return [
        DueLine(
            promise.what,
            reverse("desk:commitment", kwargs={"office": place.slug, "number": promise.pk}),
            f"{partner_name(promise.partnership)}: {written(promise.due)}",
            urgent=shown_state(promise.terms, on=place.today) == OVERDUE,
        )
        for promise in found
    ]


def deeds(place: Place, *, mine: bool) -> list[HistoryLine]:
    """The newest deeds of people; what followed from them by itself is left to the list of changes."""
    person = place.actor.person_id
    entries = of_office(place.id, by=person) if mine else of_office(place.id, people_only=True)
    told = [entry for entry in entries[:200] if entry.verb not in FOLLOWED]
    return history_lines(told, place)[:MOST_DEEDS]
