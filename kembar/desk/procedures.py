"""Procedure templates as the desk shows them: one page a lawyer reads and prints."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy

from kembar.desk.place import Place
from kembar.desk.words import KINDS
from kembar.lib.dates import parse_edtf
from kembar.procedure import queries
from kembar.procedure.queries import newest
from kembar.procedure.states import Kind, Stage
from kembar.procedure.template import Basis, Deadline, Step, Template
from kembar.web.dates import written

CERTAINTY: Mapping[str, str | Promise] = {
    "read": pgettext_lazy("certainty", "read in the source"),
    "read_in_part": pgettext_lazy("certainty", "read in part"),
    "inferred": pgettext_lazy("certainty", "inferred"),
    "unverified": pgettext_lazy("certainty", "general knowledge, not checked"),
    "contradicted": pgettext_lazy("certainty", "not known, or sources disagree"),
}
COUNCIL: Mapping[str, str | Promise] = {
    "required": pgettext_lazy("council approval", "required"),
    "not_required": pgettext_lazy("council approval", "not required"),
    "by_local_ordinance": pgettext_lazy("council approval", "where a local ordinance says so"),
    "unknown": pgettext_lazy("council approval", "not known"),
}
RECOGNITION: Mapping[str, str | Promise] = {
    "signature": pgettext_lazy("recognition", "by signature"),
    "council_vote": pgettext_lazy("recognition", "by vote of the council"),
    "national_filing": pgettext_lazy("recognition", "by national filing: later than the signature"),
    "unknown": pgettext_lazy("recognition", "not known"),
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as the page prints it."""

    code: str
    no: int
    name: str
    holder: str
    papers: str
    law: str
    deadline: str
    certainty: str
    source: str
    notes: tuple[str, ...]
    reaches: str


@dataclass(frozen=True, slots=True)
class BasisLine:
    rule: str
    says: str
    valid: str
    dead: bool
    verified: str
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class TierLine:
    name: str
    council: str
    recognition: str
    source: str


@dataclass(frozen=True, slots=True)
class LaterLine:
    no: int
    name: str
    says: str
    certainty: str


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template in the list."""

    name: str
    key: str
    href: str
    side: str
    used_for: str
    valid: str
    steps: int
    draft: bool


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """Everything the page of one version shows."""

    template: Template
    name: str
    note: str
    valid: str
    used_for: str
    authority: str
    authority_source: str
    steps: list[StepLine]
    basis: list[BasisLine]
    tiers: list[TierLine]
    later: list[LaterLine]
    relations: list[tuple[str, str, str]]


def spoken() -> str:
    return get_language() or "id"


def listed(place: Place) -> list[TemplateLine]:
    return [
        TemplateLine(
            name=one.name(spoken()), key=one.key,
            href=reverse("desk:procedure", kwargs={"office": place.slug, "code": one.code, "version": one.version}),
            side=one.side, used_for=_used_for(one), valid=_span(one.valid_from, one.valid_to), steps=len(one.steps),
            draft=one.draft,
        )
        for one in newest()
    ]  # fmt: skip


def sheet(one: Template, *, on: date) -> TemplateSheet:
    language = spoken()
    return TemplateSheet(
        template=one,
        name=one.name(language),
        note=one.note(language),
        valid=_span(one.valid_from, one.valid_to),
        used_for=_used_for(one),
        authority=one.authority(language),
        authority_source=one.authority_source(language),
        steps=[step_line(step, one) for step in one.steps],
        basis=[basis_line(rule, on=on) for rule in one.basis],
        tiers=[
            TierLine(
                tier.name(language),
                str(COUNCIL[tier.council]),
                str(RECOGNITION[tier.recognition]),
                tier.source(language),
            )
            for tier in one.tiers
        ],
        later=[
            LaterLine(later.no, later.name(language), later.says(language), str(CERTAINTY[later.certainty]))
            for later in one.later
        ],
        relations=[
            (
                row.country,
                gettext("barred") if row.rule == "none" else gettext("ask the Foreign Ministry first"),
                row.source(language),
            )
            for row in one.relations
        ],
    )


def text_to_change(key: str) -> str:
    """A version (id-ksdpl@1) under the next number, "" where there is none: what an edit begins with."""
    code = key.partition("@")[0]
    try:
        text, following = queries.text_of(key), queries.versions(code)[0].version + 1
    except queries.NoSuchTemplate:
        return ""
    return re.sub(r"(?m)^version *=.*$", f"version = {following}", text, count=1)


def _used_for(one: Template) -> str:
    kinds = [str(Kind(kind).label) for kind in one.kinds]
    partners = dict.fromkeys(str(KINDS[kind]) for kind in one.partners if kind in KINDS)
    return "; ".join(part for part in (", ".join(kinds), ", ".join(partners)) if part)


def _span(first: str, last: str) -> str:
    start, end = (written(parse_edtf(text)) if text else "" for text in (first, last))
    if start and end:
        return gettext("%(start)s to %(end)s") % {"start": start, "end": end}
    return gettext("from %(start)s") % {"start": start} if start else gettext("not known")


def step_line(step: Step, one: Template) -> StepLine:
    language = spoken()
    rules = [f"{rule.regulation} {rule.article}".strip() for rule in one.basis_of(step)]
    return StepLine(
        code=step.code, no=step.no, name=step.name(language), holder=one.holders[step.holder](language),
        papers=step.papers(language), law="; ".join(rules) or gettext("not known"),
        deadline=deadline_words(step.deadline), certainty=str(CERTAINTY[step.certainty]), source=step.source(language),
        notes=tuple(_notes(step, one)), reaches=str(Stage(step.reaches).label) if step.reaches else "",
    )  # fmt: skip


def _notes(step: Step, one: Template) -> list[str]:
    notes = [gettext("optional")] if step.optional else []
    if step.side == "partner" and one.side == "own":
        notes.append(gettext("the partner’s step: reported, not driven by us"))
    beside = [other for other in one.steps if other.code != step.code and other.after == step.after and step.after]
    if beside:
        names = ", ".join(other.name(spoken()) for other in beside)
        notes.append(gettext("may run beside: %(names)s") % {"names": names})
    return notes


def deadline_words(deadline: Deadline | None) -> str:
    if deadline is None:
        return gettext("not known")
    days = {"days": deadline.days, "citation": deadline.citation}
    words = (
        gettext("%(days)d working days (%(citation)s)") % days
        if deadline.working
        else gettext("%(days)d days (%(citation)s)") % days
    )
    return words if deadline.verified else words + ", " + gettext("not verified")


def basis_line(rule: Basis, *, on: date) -> BasisLine:
    verified = gettext("not verified: nobody has read the article for this template")
    if rule.is_verified:
        verified = gettext("verified by %(who)s, %(date)s") % {
            "who": rule.verified_by,
            "date": written(parse_edtf(rule.verified_on)),
        }
    return BasisLine(
        rule=f"{rule.regulation} {rule.article}".strip(), says=rule.says(spoken()),
        valid=_span(rule.valid_from, rule.valid_to), dead=not rule.in_force(on), verified=verified,
        certainty=str(CERTAINTY[rule.certainty]), source=rule.source(spoken()),
    )  # fmt: skip
