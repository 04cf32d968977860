"""Reading the text of a procedure template: one TOML file that a lawyer reads. No database, no Django.

The text itself is what is kept and what a running case holds on to; everything read here is derived from it.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kembar.procedure.places import placed
from kembar.procedure.template import (
    APPROVALS,
    CERTAINTIES,
    COUNCILS,
    KINDS,
    LANGUAGES,
    LONGEST,
    NOTHING,
    PAPERS,
    PARTNERS,
    RECOGNITIONS,
    STAGES,
    Basis,
    Deadline,
    Fault,
    Later,
    Relation,
    Step,
    Template,
    TemplateRefused,
    Tier,
    Words,
)  # fmt: skip

_CODE = re.compile(r"[a-z][a-z0-9_-]{1,49}")
_FULL = re.compile(r"([a-z][a-z0-9_-]{1,49})@([1-9][0-9]{0,5})")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_LINE = re.compile(r"at line (\d+)")
Resolve = Callable[[str], "Template | None"]


def read(text: str, *, resolve: Resolve = lambda key: None) -> Template:
    """The template of a text; `resolve` gives the template that `steps_of` names. Raises TemplateRefused."""
    if len(text) > LONGEST:
        raise TemplateRefused([Fault("too_long", "file")])
    try:
        given = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also numbers without end, and brackets in brackets in brackets
        raise TemplateRefused([_broken(text, str(error))]) from None
    try:
        reader = _Reader(given)
        found, left = reader.template(), reader.left_out()
        if reader.faults:
            raise TemplateRefused(reader.faults)
        return _resolved(found, left, resolve)
    except TemplateRefused as refused:
        raise TemplateRefused(placed(text, refused.faults)) from None


def _broken(text: str, why: str) -> Fault:
    """The line at which reading ended, as it stands there."""
    at = _LINE.search(why)
    lines = text.splitlines() or [""]
    number = int(at[1]) if at else len(lines)
    return Fault("not_toml", lines[number - 1].strip()[:80] if number <= len(lines) else "", number)


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
            authority_source=self._said(authority, "authority"),
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
            source=self._said(row, where),
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
            source=self._said(row, where),
        )  # fmt: skip

    def _later(self, row: Mapping[str, Any]) -> Later:
        where = f"later {row.get('no', '?')}"
        return Later(self._number(row, "no", where), self._words(row, "name", where), self._words(row, "says", where),
                     self._one_of(row, "certainty", where, CERTAINTIES))  # fmt: skip

    def _tier(self, row: Mapping[str, Any]) -> Tier:
        return Tier(
            self._words(row, "name", "tier"), self._one_of(row, "council", "tier", COUNCILS),
            self._one_of(row, "recognition", "tier", RECOGNITIONS), self._said(row, "tier"),
        )  # fmt: skip

    def _relation(self, row: Mapping[str, Any]) -> Relation:
        where = "no_relations"
        return Relation(
            self._text(row, "country", where, pattern=re.compile("[A-Z]{2}"), needed=True),
            self._one_of(row, "rule", where, ("none", "ask")), self._said(row, where, needed=True),
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

    def _said(self, row: Mapping[str, Any], where: str, *, needed: bool = False) -> Words:
        """Where something comes from: in four languages, or as one text for all."""
        if isinstance(row.get("source"), str):
            text = self._text(row, "source", where, needed=needed)
            return Words({"en": text}) if text else NOTHING
        return self._words(row, "source", where, needed=needed)

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
