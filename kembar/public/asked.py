"""What the other side of a partnership sees when it opens its letter: each point in both languages, and what it can
say to it. One line per concept that asks for confirmations."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kembar.commitments import actions as commitments
from kembar.commitments.content import contents_of
from kembar.commitments.queries import NoSuchCommitment, by_key, by_keys
from kembar.commitments.rules import OPEN, shown_state
from kembar.commitments.states import SHOWN
from kembar.countersign import queries
from kembar.countersign.actions.answering import Said
from kembar.countersign.rules import Content, fingerprint, from_plain
from kembar.countersign.shown import Difference, Row, differences, side_by_side
from kembar.countersign.states import Reply


@dataclass(frozen=True, slots=True)
class Current:
    """A point as it stands now. `open`: it can be confirmed or reported as kept; `gone`: the office took it back."""

    content: Content
    state: str
    open: bool
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """What a concept gives to be confirmed: its points as they stand now, and the deed that takes an answer."""

    now: Callable[[Iterable[str], queries.Request], dict[str, Current]]
    take: Callable[[queries.Asked, Said], object]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the page. `last`: what this person said last, `fell`: it counted until the text was changed;
    `trouble`, `typed`: an answer that was not taken, and its words."""

    number: int
    rows: list[Row]
    fingerprint: str
    state: str
    open: bool
    gone: bool
    lacking: str
    changed: list[Difference]
    last: queries.Answer | None
    last_at: datetime | None
    fell: bool
    can_confirm: bool
    trouble: str = ""
    typed: str = ""

    @property
    def waits(self) -> bool:
        """Whether it is this person's turn: nothing said yet, changed since, or their objection has been answered."""
        answered = bool(self.last and self.last.reply == Reply.DISPUTE and self.last.settled_at)
        return self.last is None or self.fell or answered


LACKING: dict[str, str | Promise] = {
    "missing": gettext_lazy("The text in your language is being written. You can confirm as soon as it is there."),
    "stale": gettext_lazy("The text in your language is being brought up to date. You can confirm as soon as it is."),
    "machine": gettext_lazy("The translation has not been checked by a person yet. You can confirm as soon as it is."),
}


def points(request: queries.Request, *, troubles: dict[int, tuple[str, str]] | None = None) -> list[Point]:
    """The points of a request in their order; the same number of queries however many there are."""
    asked = queries.asked_in(request)
    now: dict[str, Current] = {}
    for kind, concept in CONCEPTS.items():
        now |= concept.now([one.subject for one in asked if one.subject.startswith(f"{kind}:")], request)
    zone = ZoneInfo(request.office.local_government.time_zone or "UTC")
    return [_point(one, now[one.subject], zone, (troubles or {}).get(one.pk, ("", ""))) for one in asked]


def _point(one: queries.Asked, now: Current, zone: ZoneInfo, trouble: tuple[str, str]) -> Point:
    answers = list(one.answers.all())
    last = answers[-1] if answers else None
    mark = fingerprint(now.content)
    before = from_plain(last.content) if last else one.shown
    confirmed = bool(last and last.reply == Reply.CONFIRM and last.fell_at is None)
    return Point(
        number=one.pk,
        rows=side_by_side(now.content),
        fingerprint=mark,
        state=now.state,
        open=now.open,
        gone=now.gone,
        lacking=str(LACKING[now.content.lacking]) if now.content.lacking else "",
        changed=differences(before, now.content) if fingerprint(before) != mark else [],
        last=last,
        last_at=last.at.astimezone(zone) if last else None,
        fell=bool(last and last.fell_at is not None),
        can_confirm=now.open and not now.content.lacking and not confirmed,
        trouble=trouble[0],
        typed=trouble[1],
    )


def take(asked: queries.Asked, said: Said) -> None:
    """Hands an answer to the concept it is for. Raises what that concept raises."""
    CONCEPTS[asked.subject.partition(":")[0]].take(asked, said)


def _promises_now(subjects: Iterable[str], request: queries.Request) -> dict[str, Current]:
    rows = by_keys(subjects, office_id=request.office_id)
    two = (request.own_language, request.language)
    contents = contents_of(rows.values(), office_id=request.office_id, languages=two)
    today = request.office.today()
    return {
        key: Current(
            contents[row.pk], str(SHOWN[shown_state(row.terms, on=today)]),
            open=row.voided_at is None and row.state in OPEN, gone=row.voided_at is not None,
        )
        for key, row in rows.items()
    }  # fmt: skip


def _take_promise(asked: queries.Asked, said: Said) -> object:
    try:
        row = by_key(asked.subject, office_id=asked.office_id)
    except NoSuchCommitment:
        raise commitments.Voided from None
    return commitments.take_answer(row, asked=asked, said=said)


CONCEPTS: dict[str, Concept] = {
    "commitment": Concept(_promises_now, _take_promise),
}
