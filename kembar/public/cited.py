"""Footnotes: which document stands behind which figure, and where documents disagree."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from kembar.public import drawn, words
from kembar.sources.queries import Said, by_attribute
from kembar.sources.rules import contradicting
from kembar.sources.states import Decision

ATTRIBUTES = {
    "concluded": gettext_lazy("date of conclusion"),
    "date": gettext_lazy("date"),
    "effective": gettext_lazy("entry into force"),
    "ends": gettext_lazy("end"),
    "term": gettext_lazy("term"),
    "scope": gettext_lazy("fields of cooperation"),
    "supersedes": gettext_lazy("what it replaces"),
    "lapsed": gettext_lazy("giving up"),
    "since": gettext_lazy("since when"),
    "status": gettext_lazy("what it is called"),
    "ordinal": gettext_lazy("place in the count"),
    "paper_date": gettext_lazy("date of the paper"),
}
DATES = frozenset({"concluded", "date"})


@dataclass(frozen=True, slots=True)
class Source:
    number: int
    title: str
    detail: str
    href: str


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """`quoted`: the value is the source's own wording, not a date or a length read out of it."""

    value: str
    quoted: bool
    said: str
    source: int
    title: str
    decision: str
    decision_label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """`undecided`: nothing contradicts it, and the office has not said yet whether it holds."""

    question: str
    outcome: str
    lines: list[DisputeLine]
    undecided: bool


class Cited:
    """The claims of one file, their documents numbered in the order of entry."""

    def __init__(self, claims: Sequence[Said]) -> None:
        self.claims = claims
        self.numbers: dict[int, int] = {}
        for claim in claims:
            self.numbers.setdefault(claim.document_id, len(self.numbers) + 1)
        self._groups = by_attribute(claims)

    def on(self, subjects: Collection[str], attributes: Collection[str] = ()) -> SafeString:
        """Footnotes to the documents behind these records (and these attributes), rejected statements apart."""
        found = {
            self.numbers[claim.document_id]
            for claim in self.claims
            if claim.subject in subjects
            and claim.decision != Decision.REJECTED
            and (not attributes or claim.attribute in attributes)
        }
        return drawn.footnotes(sorted(found))

    def on_dates(self, subjects: Collection[str]) -> SafeString:
        return self.on(subjects, DATES)

    def to(self, claims: Iterable[Said]) -> SafeString:
        """Footnotes to the documents of these statements."""
        return drawn.footnotes(sorted({self.numbers[claim.document_id] for claim in claims}))

    def sources(self) -> list[Source]:
        seen: dict[int, Source] = {}
        for claim in self.claims:
            number = self.numbers[claim.document_id]
            if number not in seen:
                title, detail = claim.document, _detail(claim)
                if _only_names_the_issue(claim):
                    title, detail = detail, ""
                seen[number] = Source(number, title, detail, web_address(claim.address))
        return list(seen.values())

    def disputes(self, titles: dict[str, str], outcomes: dict[tuple[str, str], str]) -> list[Dispute]:
        """Groups in which documents disagree, or a statement was rejected or waits for a decision, and what is stated
        about the whole file.

        `titles` names the records by subject; `outcomes` says what the register holds, by subject and attribute.
        """
        found = []
        for (subject, attribute), group in self._groups.items():
            decisions = {claim.decision for claim in group}
            disagree = Decision.REJECTED in decisions or contradicting(claim.stated for claim in group)
            waiting = Decision.OPEN in decisions
            if not (disagree or waiting or subject.startswith("partnership:")):
                continue
            question = gettext("%(record)s: %(what)s") % {
                "record": titles.get(subject, gettext("This cooperation")),
                "what": ATTRIBUTES.get(attribute, attribute),
            }
            lines = [self._line(claim) for claim in group]
            outcome = outcomes.get((subject, attribute), "")
            found.append(Dispute(question, outcome, lines, undecided=waiting and not disagree))
        return found

    def _line(self, claim: Said) -> DisputeLine:
        value = claim_words(claim)
        return DisputeLine(
            value=value,
            quoted=claim.date is None and claim.attribute != "term",
            said="" if value in claim.said and claim.date is None else claim.said,
            source=self.numbers[claim.document_id],
            title=claim.document,
            decision=claim.decision,
            decision_label=str(Decision(claim.decision).label),
            reason=claim.reason,
        )


def claim_words(claim: Said) -> str:
    if claim.date is not None:
        return words.date_words(claim.date)
    return words.duration_words(claim.value) if claim.attribute == "term" else claim.value


def web_address(address: str) -> str:
    """Only what a browser opens as a page; anything else a source may carry is no link."""
    return address if address.startswith(("https://", "http://")) else ""


def _detail(claim: Said) -> str:
    parts: Iterable[str] = (
        claim.publisher if claim.publisher != claim.document else "",
        words.date_words(claim.published) if claim.published else "",
    )
    return ", ".join(part for part in parts if part)


def _only_names_the_issue(claim: Said) -> bool:
    """Whether the title is no more than publisher and day ("Antara 2023-03-31"): then they are written as words are."""
    rest = claim.document.removeprefix(claim.publisher).strip(" ,")
    return bool(claim.publisher) and claim.published is not None and rest == claim.published.edtf
