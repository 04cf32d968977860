"""A procedure template: one TOML text that a lawyer reads, read and checked. No database, no Django.

The text itself is what is kept and what a running case holds on to; everything here is derived from it.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

LONGEST = 200_000
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
_CODE = re.compile(r"[a-z][a-z0-9_-]{1,49}")
_FULL = re.compile(r"([a-z][a-z0-9_-]{1,49})@([1-9][0-9]{0,5})")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text: a code and where (`step 3: holder`)."""

    code: str
    where: str

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
    source: str
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
    source: str = ""
    deadline: Deadline | None = None

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
    source: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A country with which a tie is barred (`none`) or needs the Foreign Ministry's word first (`ask`)."""

    country: str
    rule: str
    source: str


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
    authority: Words = field(default_factory=lambda: Words({}))
    authority_source: str = ""
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

    def basis_of(self, step: Step) -> list[Basis]:
        return [one for one in self.basis if one.code in step.basis]

    @property
    def required_approvals(self) -> tuple[str, ...]:
        """What must be on record before a paper of this road is signed, in its order."""
        return tuple(step.approval for step in self.steps if step.approval and not step.optional and step.side == "own")


Resolve = Callable[[str], "Template | None"]


def read(text: str, *, resolve: Resolve = lambda key: None) -> Template:
    """The template of a text; `resolve` gives the template that `steps_of` names. Raises TemplateRefused."""
    if len(text) > LONGEST:
        raise TemplateRefused([Fault("too_long", "file")])
    try:
        given = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also numbers without end, and brackets in brackets in brackets
        raise TemplateRefused([Fault("not_toml", str(error)[:200])]) from None
    reader = _Reader(given)
    found, left = reader.template(), reader.left_out()
    if reader.faults:
        raise TemplateRefused(reader.faults)
    return _resolved(found, left, resolve)


def _resolved(found: Template, left: tuple[str, ...], resolve: Resolve) -> Template:
    """With the steps of the version it builds on, those it leaves out taken away."""
    if not found.base:
        return _checked(found)
    base = resolve(found.base)
    if base is None or base.base:
        raise TemplateRefused([Fault("unknown_base", f"steps_of: {found.base}")])
    unknown = [code for code in left if base.step(code) is None]
    if unknown:
        raise TemplateRefused([Fault("unknown_step", f"leave_out: {code}") for code in unknown])
    kept = [step for step in base.steps if step.code not in left]
    steps = tuple(replace(step, after=_bridged(step.after, base, left)) for step in kept)
    whole = replace(
        found, steps=steps, holders={**base.holders, **found.holders}, basis=found.basis or base.basis,
        later=found.later or base.later, relations=found.relations or base.relations,
    )  # fmt: skip
    return _checked(whole)


def _bridged(after: tuple[str, ...], base: Template, left: tuple[str, ...]) -> tuple[str, ...]:
    """What comes before a step once some are left out: their own predecessors."""
    found: list[str] = []
    for code in after:
        earlier = base.step(code)
        found += _bridged(earlier.after, base, left) if code in left and earlier else [code]
    return tuple(dict.fromkeys(code for code in found if code not in left))


def _checked(found: Template) -> Template:
    faults = list(_order_faults(found))
    if faults:
        raise TemplateRefused(faults)
    return found


def _order_faults(found: Template) -> Iterator[Fault]:
    """What only shows over all steps: order, holders, rules, the stages."""
    if not found.steps:
        yield Fault("no_steps", "step")
    seen: set[str] = set()
    rules = {one.code for one in found.basis}
    for step in found.steps:
        where = f"step {step.code}"
        if step.code in seen:
            yield Fault("twice", where)
        yield from (Fault("not_before", f"{where}: after {earlier}") for earlier in step.after if earlier not in seen)
        seen.add(step.code)
        if step.holder not in found.holders:
            yield Fault("unknown_holder", f"{where}: {step.holder}")
        yield from (Fault("unknown_basis", f"{where}: {code}") for code in step.basis if code not in rules)
    yield from _stage_faults(found)


def _stage_faults(found: Template) -> Iterator[Fault]:
    stage = -1
    for step in found.steps:
        if step.reaches:
            if STAGES.index(step.reaches) <= stage:
                yield Fault("stage_order", f"step {step.code}: {step.reaches}")
            stage = STAGES.index(step.reaches)
    if found.side == "own" and stage < STAGES.index("signed"):
        yield Fault("never_signed", "step")


class _Reader:
    """Reads a table of TOML; every wrong or unknown key becomes a fault, and reading goes on."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given
        self.faults: list[Fault] = []

    def template(self) -> Template:
        given = self.given
        self._known(given, "file", "code version side country kinds partners valid_from valid_to draft note name "
                    "holders basis step later tier no_relations authority steps_of leave_out")  # fmt: skip
        authority = self._table(given, "authority")
        return Template(
            code=self._text(given, "code", "file", pattern=_CODE, needed=True),
            version=self._number(given, "version", "file"),
            side=self._one_of(given, "side", "file", ("own", "partner")),
            country=self._text(given, "country", "file", pattern=re.compile("[A-Z]{2}|")),
            name=self._words(given, "name", "file"),
            note=self._words(given, "note", "file", needed=False),
            kinds=self._several(given, "kinds", "file", KINDS),
            partners=self._several(given, "partners", "file", PARTNERS),
            valid_from=self._day(given, "valid_from", "file"),
            valid_to=self._day(given, "valid_to", "file"),
            draft=given.get("draft") is True,
            holders=self._holders(),
            steps=self._steps(),
            basis=tuple(self._basis(row) for row in self._rows(given, "basis")),
            later=tuple(self._later(row) for row in self._rows(given, "later")),
            tiers=tuple(self._tier(row) for row in self._rows(given, "tier")),
            relations=tuple(self._relation(row) for row in self._rows(given, "no_relations")),
            authority=self._words(authority, "name", "authority", needed=False),
            authority_source=self._text(authority, "source", "authority"),
            base=self._text(given, "steps_of", "file", pattern=re.compile(_FULL.pattern + "|")),
        )  # fmt: skip

    def left_out(self) -> tuple[str, ...]:
        return self._several(self.given, "leave_out", "file", None)

    def _holders(self) -> dict[str, Words]:
        given = self._table(self.given, "holders")
        self.faults += [Fault("unreadable", f"holders: {code[:60]}") for code in given if not _CODE.fullmatch(code)]
        return {code: self._words(given, code, f"holders {code[:60]}") for code in given}

    def _steps(self) -> tuple[Step, ...]:
        found: list[Step] = []
        previous: tuple[str, ...] = ()
        for row in self._rows(self.given, "step"):
            step = self._step(row, previous)
            found.append(step)
            if not step.optional:
                previous = (step.code,)
        return tuple(found)

    def _step(self, row: Mapping[str, Any], previous: tuple[str, ...]) -> Step:
        where = f"step {row.get('code', '?')}"
        self._known(row, where, "code no holder reaches records optional side after name papers basis certainty source "
                    "deadline")  # fmt: skip
        records = self._text(row, "records", where)
        if records and records not in _RECORDS:
            self.faults.append(Fault("unknown_record", f"{where}: {records}"))
        after = self._several(row, "after", where, None) if "after" in row else previous
        return Step(
            code=self._text(row, "code", where, pattern=_CODE, needed=True),
            no=self._number(row, "no", where),
            holder=self._text(row, "holder", where, needed=True),
            name=self._words(row, "name", where),
            papers=self._words(row, "papers", where, needed=False),
            after=after,
            reaches=self._one_of(row, "reaches", where, ("", *STAGES)),
            records=records,
            optional=row.get("optional") is True,
            side=self._one_of(row, "side", where, ("own", "partner")) if "side" in row else "own",
            basis=self._several(row, "basis", where, None),
            certainty=self._one_of(row, "certainty", where, CERTAINTIES),
            source=self._text(row, "source", where),
            deadline=self._deadline(row, where),
        )

    def _deadline(self, row: Mapping[str, Any], where: str) -> Deadline | None:
        """Never without the article that says so."""
        if "deadline" not in row:
            return None
        given, where = self._table(row, "deadline"), f"{where}: deadline"
        self._known(given, where, "days working citation verified")
        return Deadline(
            days=self._number(given, "days", where),
            working=given.get("working") is True,
            citation=self._text(given, "citation", where, needed=True),
            verified=given.get("verified") is True,
        )

    def _basis(self, row: Mapping[str, Any]) -> Basis:
        where = f"basis {row.get('code', '?')}"
        self._known(
            row, where, "code regulation article says valid_from valid_to certainty source verified_by verified_on"
        )
        by, on = self._text(row, "verified_by", where), self._day(row, "verified_on", where)
        if bool(by) != bool(on):
            self.faults.append(Fault("half_verified", where))
        first, last = self._day(row, "valid_from", where), self._day(row, "valid_to", where)
        if not first:
            self.faults.append(Fault("missing", f"{where}: valid_from"))
        if last and last < first:
            self.faults.append(Fault("ends_before_it_begins", where))
        return Basis(
            code=self._text(row, "code", where, pattern=_CODE, needed=True),
            regulation=self._text(row, "regulation", where, needed=True),
            article=self._text(row, "article", where),
            says=self._words(row, "says", where, needed=False),
            valid_from=first, valid_to=last, verified_by=by, verified_on=on,
            certainty=self._one_of(row, "certainty", where, CERTAINTIES),
            source=self._text(row, "source", where),
        )  # fmt: skip

    def _later(self, row: Mapping[str, Any]) -> Later:
        where = f"later {row.get('no', '?')}"
        return Later(self._number(row, "no", where), self._words(row, "name", where), self._words(row, "says", where),
                     self._one_of(row, "certainty", where, CERTAINTIES))  # fmt: skip

    def _tier(self, row: Mapping[str, Any]) -> Tier:
        return Tier(
            self._words(row, "name", "tier"), self._one_of(row, "council", "tier", COUNCILS),
            self._one_of(row, "recognition", "tier", RECOGNITIONS), self._text(row, "source", "tier"),
        )  # fmt: skip

    def _relation(self, row: Mapping[str, Any]) -> Relation:
        where = "no_relations"
        return Relation(
            self._text(row, "country", where, pattern=re.compile("[A-Z]{2}"), needed=True),
            self._one_of(row, "rule", where, ("none", "ask")), self._text(row, "source", where, needed=True),
        )  # fmt: skip

    def _known(self, row: Mapping[str, Any], where: str, keys: str) -> None:
        self.faults += [Fault("unknown_key", f"{where}: {key}") for key in row if key not in keys.split()]

    def _rows(self, row: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        found = row.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.faults.append(Fault("not_a_list", key))
            return []
        return found

    def _table(self, row: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        found = row.get(key, {})
        if not isinstance(found, dict):
            self.faults.append(Fault("not_a_table", key))
            return {}
        return found

    def _text(
        self, row: Mapping[str, Any], key: str, where: str, *, pattern: re.Pattern[str] | None = None,
        needed: bool = False,
    ) -> str:  # fmt: skip
        found = row.get(key, "")
        if not isinstance(found, str) or (pattern and found and not pattern.fullmatch(found)) or len(found) > 4000:
            self.faults.append(Fault("unreadable", f"{where}: {key}"))
            return ""
        if needed and not found.strip():
            self.faults.append(Fault("missing", f"{where}: {key}"))
        return found.strip()

    def _number(self, row: Mapping[str, Any], key: str, where: str) -> int:
        found = row.get(key)
        if not isinstance(found, int) or isinstance(found, bool) or not 0 < found < 1_000_000:
            self.faults.append(Fault("unreadable" if key in row else "missing", f"{where}: {key}"))
            return 1
        return found

    def _day(self, row: Mapping[str, Any], key: str, where: str) -> str:
        found = self._text(row, key, where, pattern=_DAY)
        try:
            date.fromisoformat((found + "-01-01")[:10] if found else "2000-01-01")
        except ValueError:
            self.faults.append(Fault("unreadable", f"{where}: {key}"))
            return ""
        return found

    def _one_of(self, row: Mapping[str, Any], key: str, where: str, known: Sequence[str]) -> str:
        found = self._text(row, key, where)
        if found not in known:
            self.faults.append(Fault("unknown_word" if found else "missing", f"{where}: {key} {found}".strip()))
            return known[0]
        return found

    def _several(self, row: Mapping[str, Any], key: str, where: str, known: Sequence[str] | None) -> tuple[str, ...]:
        found = row.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            self.faults.append(Fault("unreadable", f"{where}: {key}"))
            return ()
        self.faults += [Fault("unknown_word", f"{where}: {key} {one}") for one in found if known and one not in known]
        return tuple(found)

    def _words(self, row: Mapping[str, Any], key: str, where: str, *, needed: bool = True) -> Words:
        found = row.get(key, {})
        if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
            self.faults.append(Fault("unreadable", f"{where}: {key}"))
            return Words({})
        self.faults += [Fault("unknown_key", f"{where}: {key}.{one}") for one in found if one not in LANGUAGES]
        if needed and not (found.get("id") or found.get("en")):
            self.faults.append(Fault("missing", f"{where}: {key}"))
        return Words({code: text.strip() for code, text in found.items()})


_RECORDS = {*(f"approval:{kind}" for kind in APPROVALS), *(f"paper:{kind}" for kind in PAPERS)}
