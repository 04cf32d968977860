"""A procedure template as it was read: steps, holders, legal basis. No database, no Django; `reading` makes it.

The text itself is what is kept and what a running case holds on to; everything here is derived from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

LONGEST = 200_000
SIGNED, DEPOSITED = "signed", "deposited"
LANGUAGES = ("id", "en", "ko", "zh")
CERTAINTIES = ("read", "read_in_part", "inferred", "unverified", "contradicted")
STAGES = (
    "initiative", "exploration", "loi_signed", "plan_ready", "council_commission", "council_approved",
    "ministry_verification", "drafting", "interministerial_review", "initialled", "ministerial_approval",
    "full_powers", "signed", "deposited",
)  # fmt: skip
KINDS = ("new_tie", "extension", "amendment", "implementing_arrangement", "termination")
PARTNERS = ("sister", "friendship", "thematic", "historic", "institution", "network")
COUNCILS = ("required", "not_required", "by_local_ordinance", "unknown")
RECOGNITIONS = ("signature", "council_vote", "national_filing", "unknown")
APPROVALS = (
    "team_recommendation", "council_commission", "council_plenary", "ministry_verification", "initialling",
    "ministerial_approval", "full_powers", "partner_council", "partner_filing",
)  # fmt: skip
PAPERS = (
    "letter_of_intent", "memorandum_of_understanding", "extension", "amendment", "implementing_arrangement",
    "termination_notice",
)  # fmt: skip


# Code of a step of our side → what a step of that code leaves.
FIXED: Mapping[str, str] = {
    **{kind: f"records approval:{kind}" for kind in APPROVALS},
    "letter_of_intent": "records paper:letter_of_intent", "signing": f"reaches {SIGNED}",
    "deposit": f"reaches {DEPOSITED}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text: a code, where (`step 3: holder`), and in which line, 0 where it is in none."""

    code: str
    where: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.where}: {self.code}"


class TemplateRefused(Exception):
    """The text is no template; `faults` says all that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in faults))


@dataclass(frozen=True, slots=True)
class Words:
    """One text in up to four languages; Indonesian or English is always there."""

    texts: Mapping[str, str]

    def __call__(self, language: str) -> str:
        """In that language (its first two letters), else English, else Indonesian."""
        for code in (language[:2], "en", "id"):
            if self.texts.get(code):
                return self.texts[code]
        return next(iter(self.texts.values()), "")


NOTHING = Words({})


@dataclass(frozen=True, slots=True)
class Basis:
    """A rule of law with the days on which it holds. `verified_by`: who read the article itself; empty: nobody."""

    code: str
    regulation: str
    article: str
    says: Words
    valid_from: str
    valid_to: str
    certainty: str
    source: Words
    verified_by: str = ""
    verified_on: str = ""

    @property
    def is_verified(self) -> bool:
        return bool(self.verified_by)

    def in_force(self, day: date) -> bool:
        text = day.isoformat()
        return self.valid_from[:10] <= text and (not self.valid_to or text[: len(self.valid_to)] <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time the law sets, with the article that says so; `verified`: a person has read that article."""

    days: int
    working: bool
    citation: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `after`: the steps that come before it; `records`: what its end writes into the register."""

    code: str
    no: int
    holder: str
    name: Words
    papers: Words
    after: tuple[str, ...]
    reaches: str = ""
    records: str = ""
    optional: bool = False
    side: str = "own"
    basis: tuple[str, ...] = ()
    certainty: str = "unverified"
    source: Words = NOTHING
    deadline: Deadline | None = None

    @property
    def asked_code(self) -> str:
        """The code that a step of our side leaving this must have, "" where any will do."""
        if self.paper == "letter_of_intent":
            return self.paper
        return self.approval or {SIGNED: "signing", DEPOSITED: "deposit"}.get(self.reaches, "")

    @property
    def approval(self) -> str:
        """The kind of approval its end records, "" where none."""
        return self.records.removeprefix("approval:") if self.records.startswith("approval:") else ""

    @property
    def paper(self) -> str:
        """The kind of paper its end records, "" where none."""
        return self.records.removeprefix("paper:") if self.records.startswith("paper:") else ""


@dataclass(frozen=True, slots=True)
class Later:
    """A stage of the law that comes after the road."""

    no: int
    name: Words
    says: Words
    certainty: str


@dataclass(frozen=True, slots=True)
class Tier:
    """One strength of tie a counterpart country knows."""

    name: Words
    council: str
    recognition: str
    source: Words


@dataclass(frozen=True, slots=True)
class Relation:
    """A country with which a tie is barred (`none`) or needs the Foreign Ministry's word first (`ask`)."""

    country: str
    rule: str
    source: Words


@dataclass(frozen=True, slots=True)
class Template:
    """One version of one road, or of what is known of a counterpart's road."""

    code: str
    version: int
    side: str
    country: str
    name: Words
    note: Words
    kinds: tuple[str, ...]
    partners: tuple[str, ...]
    valid_from: str
    valid_to: str
    draft: bool
    holders: Mapping[str, Words]
    steps: tuple[Step, ...]
    basis: tuple[Basis, ...] = ()
    later: tuple[Later, ...] = ()
    tiers: tuple[Tier, ...] = ()
    relations: tuple[Relation, ...] = ()
    authority: Words = NOTHING
    authority_source: Words = NOTHING
    base: str = ""

    @property
    def key(self) -> str:
        """How another template and a case name this version: id-ksdpl@1."""
        return f"{self.code}@{self.version}"

    def step(self, code: str) -> Step | None:
        return next((step for step in self.steps if step.code == code), None)

    def holds_on(self, day: date) -> bool:
        text = day.isoformat()
        return self.valid_from <= text and (not self.valid_to or text <= self.valid_to)

    def code_faults(self) -> list[Fault]:
        """Steps whose code is not the one that what they leave asks for, and the other way round: forecasts, papers and
        the time a step takes are known by these codes, over all versions of a road."""
        found = []
        for step in self.steps if self.side == "own" else ():
            asked = step.asked_code
            if asked and step.code != asked:
                found.append(Fault("other_code", f"step {step.code}: code {asked}"))
            elif not asked and step.code in FIXED:
                found.append(Fault("other_record", f"step {step.code}: {FIXED[step.code]}"))
        return found

    def basis_of(self, step: Step) -> list[Basis]:
        return [one for one in self.basis if one.code in step.basis]

    @property
    def required_approvals(self) -> tuple[str, ...]:
        """What must be on record before a paper of this road is signed, in its order."""
        return tuple(step.approval for step in self.steps if step.approval and not step.optional and step.side == "own")
