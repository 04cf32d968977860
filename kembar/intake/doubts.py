"""What stands above a text before its drafts: each doubt as a sentence, with the corrections on offer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kembar.agreements import queries as agreements
from kembar.agreements.states import Headline
from kembar.intake.models import Draft, Text
from kembar.intake.states import DraftKind, DraftState
from kembar.intake.words import date_words
from kembar.lib.dates import UnreadableDate, on, parse_edtf
from kembar.lib.text import normalise
from kembar.partnerships.states import Kind
from kembar.people.queries import holders_of
from kembar.people.rules import Covers, covers, together
from kembar.web.dates import written_day
from kembar.web.locales import locale_of
from kembar.web.templatetags.web import number


@dataclass(frozen=True, slots=True)
class Offer:
    """One button: where it goes and the value it carries."""

    label: str
    action: str
    value: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """`draft` is the date it is about, 0 for none; `year_form`: the address that takes a year for it."""

    kind: str
    sentence: str
    words: str = ""
    draft: int = 0
    offers: tuple[Offer, ...] = ()
    year_form: str = ""
    lines: tuple[str, ...] = ()
    settled: str = ""
    address: str = ""


def doubts_of(text: Text, drafts: Sequence[Draft], *, slug: str, today: date) -> list[Doubt]:
    """The checks of the reading in the order of the text, each compared with what the register holds now."""
    found: list[Doubt] = []
    for check in text.reading.get("checks", []):
        make = _MAKERS.get(check["kind"])
        if make is not None:
            found += make(_Case(text, drafts, slug, today, check))
    found += _out_of_office(text, drafts)
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Case:
    text: Text
    drafts: Sequence[Draft]
    slug: str
    today: date
    check: Mapping[str, Any]

    @property
    def words(self) -> str:
        return " ".join(self.text.body[self.check["start"] : self.check["end"]].split())

    @property
    def given(self) -> Mapping[str, str]:
        details: Mapping[str, str] = self.check["details"]
        return details

    def date(self) -> Draft | None:
        """The draft of the date that the check is about."""
        same = [d for d in self.drafts if d.kind == DraftKind.DATE and d.start == self.check["start"]]
        return next(iter(same), None)

    def address(self, draft: Draft) -> str:
        return reverse("intake:edit", args=[self.slug, draft.pk])


def _settled(draft: Draft | None) -> str:
    if draft is None or draft.state == DraftState.WAITING:
        return ""
    if draft.state == DraftState.ACCEPTED:
        return gettext("Decided: %(value)s.") % {"value": date_words(draft.value["value"])}
    return gettext("Decided: this date is not used.")


def _weekday(case: _Case) -> Iterator[Doubt]:
    draft, printed, offered = case.date(), case.given["printed"], case.given["offered"]
    try:
        day = date.fromisoformat(printed)
    except ValueError:
        return
    sentence = gettext("The text says “%(words)s”, but %(day)s was a %(weekday)s.") % {
        "words": case.words, "day": written_day(day), "weekday": _weekday_name(day.weekday()),
    }  # fmt: skip
    offers: tuple[Offer, ...] = ()
    if draft is not None and draft.state == DraftState.WAITING:
        where = case.address(draft)
        offers = (
            Offer(gettext("Use %(day)s") % {"day": _day_words(offered)}, where, offered),
            Offer(gettext("Keep %(day)s") % {"day": written_day(day)}, where, printed),
        )
    yield Doubt("weekday_mismatch", sentence, case.words, draft.pk if draft else 0, offers, settled=_settled(draft))


def _weekday_name(weekday: int) -> str:
    return str(locale_of().days["format"]["wide"][weekday])


def _day_words(value: str) -> str:
    try:
        return written_day(date.fromisoformat(value), weekday=True)
    except ValueError:
        return date_words(value)


def _year(case: _Case) -> Iterator[Doubt]:
    draft = case.date()
    offered = case.given.get("offered", "")
    offers: tuple[Offer, ...] = ()
    year_form = ""
    if draft is not None and draft.state == DraftState.WAITING:
        year_form = case.address(draft)
        if offered:
            offers = (Offer(gettext("Use %(day)s") % {"day": _day_words(offered)}, year_form, offered),)
    sentence = gettext("“%(words)s” has no year. In which year was it?") % {"words": case.words}
    yield Doubt(
        "missing_year", sentence, case.words, draft.pk if draft else 0, offers, year_form, settled=_settled(draft)
    )


def _count(case: _Case) -> Iterator[Doubt]:
    asked = case.text.published or case.today
    answer = agreements.sister_city_answer(case.text.office_id, on=asked)
    count = len(answer.in_force)
    sentence = ngettext(
        "The text says “%(words)s”. The register holds %(count)s sister city agreement in force on %(day)s.",
        "The text says “%(words)s”. The register holds %(count)s sister city agreements in force on %(day)s.",
        count,
    ) % {"words": case.words, "count": number(count), "day": written_day(asked)}
    lines = tuple(f"{_what_it_is(code)}: {number(len(spans))}" for code, spans in answer.others.items())
    address = f"{reverse('public:how-many', args=[case.slug])}?on={asked.isoformat()}"
    yield Doubt("count_claim", sentence, case.words, lines=lines, address=address)


def _what_it_is(code: str) -> str:
    """A legal state, or the kind of a partnership that is in force and no sister city."""
    if code in Kind:
        return f"{Kind(code).label}, {Headline.IN_FORCE.label}"
    return str(Headline(code).label)


def _since(case: _Case) -> Iterator[Doubt]:
    file = case.text.partnership
    said = gettext("The text says that the tie has existed since %(year)s.") % {"year": case.given["claimed"]}
    if file is None:
        yield Doubt("since_claim", f"{said} " + gettext("Choose the file below to compare it with the register."))
        return
    papers = [sheet.paper.concluded for sheet in agreements.sheet(file, on=case.today).papers]
    first = min((day for day in papers if day is not None), key=lambda day: day.sort_key, default=None)
    if first is None:
        known = gettext("The register holds no signed paper with this partner.")
    else:
        known = gettext("The first signed paper in the register is of %(day)s.") % {"day": date_words(first.edtf)}
    yield Doubt("since_claim", f"{said} {known}")


def _unsourced(case: _Case) -> Iterator[Doubt]:
    yield Doubt(
        "unsourced",
        gettext("The text explains and names no speaker, no day and no source. No promise was taken from it."),
    )


def _disagree(case: _Case) -> Iterator[Doubt]:
    yield Doubt(
        "sources_disagree", gettext("The text says two different things about the same matter: %(words)s") % {
            "words": case.words},
    )  # fmt: skip


def _out_of_office(text: Text, drafts: Sequence[Draft]) -> Iterator[Doubt]:
    """People whose terms, as far as the register knows them, cannot cover the day of publication."""
    people = [draft for draft in drafts if draft.kind == DraftKind.PERSON and draft.value["office"]]
    if not people or text.published is None:
        return
    parties = {text.office.local_government_id}
    if text.partnership is not None:
        parties.add(text.partnership.partner_id)
    terms: dict[str, list[Covers]] = {}
    for party in sorted(parties):
        for row in holders_of(party, office_id=text.office_id):
            covered = covers(on(text.published), since=row.since, until=row.until)
            terms.setdefault(normalise(row.person), []).append(covered)
    for draft in people:
        known = terms.get(normalise(draft.value["name"]), [])
        if known and together(known) == Covers.NO:
            sentence = gettext(
                "The text calls %(person)s “%(post)s”, but by the register %(person)s held no post on %(day)s."
            ) % {
                "person": draft.value["name"],
                "post": draft.value["office"],
                "day": written_day(text.published),
            }  # fmt: skip
            yield Doubt("out_of_office", sentence, draft=draft.pk)


_MAKERS = {
    "weekday_mismatch": _weekday,
    "missing_year": _year,
    "count_claim": _count,
    "since_claim": _since,
    "unsourced": _unsourced,
    "sources_disagree": _disagree,
}


def with_year(value: str, year: int) -> str:
    """XXXX-09-27 in a year, as EDTF. Raises UnreadableDate for 29 February of a common year, or another value."""
    if not value.startswith("XXXX-"):
        raise UnreadableDate(value)
    return parse_edtf(f"{year:04d}{value[4:]}").edtf
