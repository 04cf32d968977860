"""The road in words: what stands in the way, what was set aside, what is wrong with the text of a template."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from kembar.agreements.states import ApprovalKind
from kembar.procedure import rules
from kembar.procedure.states import Requirement
from kembar.procedure.template import Fault

HINDERED: Mapping[str, str | Promise] = {
    "no_relations": gettext_lazy("There are no diplomatic relations with this country: no tie is possible."),
    "ask_ministry": gettext_lazy("The Foreign Ministry has rules of its own on this partner: ask it first."),
    "office_abroad": gettext_lazy("A representative office abroad is no object of a cooperation: %(item)s"),
    "transfer_plan": gettext_lazy("Science and technology need a plan to pass them on: check that requirement first."),
    "level_differs": gettext_lazy("The two are not of the same level: a justification is needed."),
    "full_powers_void": gettext_lazy("Full powers are void: the person they name no longer holds the post."),
    "full_powers_unnamed": gettext_lazy("Full powers name nobody."),
    "full_powers_other": gettext_lazy("The full powers name somebody else than who signs."),
    "requirement": gettext_lazy("Found not to be met: %(item)s"),
    "scope": gettext_lazy("The council did not approve: %(item)s"),
    "step": gettext_lazy("Not done yet: %(item)s"),
    "not_in_plan": gettext_lazy("The plan never had: %(item)s"),
}

FAULTS: Mapping[str, str | Promise] = {
    "too_long": gettext_lazy("the file is longer than any template"),
    "not_toml": gettext_lazy("this line cannot be read; the file is written in TOML"),
    "missing": gettext_lazy("is missing"),
    "unreadable": gettext_lazy("cannot be read"),
    "unknown_key": gettext_lazy("is not known here; check the spelling"),
    "unknown_word": gettext_lazy("is not one of the known words"),
    "unknown_holder": gettext_lazy("is not named among the holders"),
    "unknown_basis": gettext_lazy("is not named in the legal basis"),
    "unknown_record": gettext_lazy("is nothing the register can record"),
    "unknown_base": gettext_lazy("there is no such version to build on"),
    "unknown_step": gettext_lazy("there is no such step to leave out"),
    "twice": gettext_lazy("stands there twice"),
    "not_before": gettext_lazy("names no earlier step"),
    "stage_order": gettext_lazy("comes after a later stage"),
    "never_signed": gettext_lazy("no step reaches the stage “signed”"),
    "no_steps": gettext_lazy("there is no step"),
    "not_a_list": gettext_lazy("must be a list"),
    "not_a_table": gettext_lazy("must be a table"),
    "ends_before_it_begins": gettext_lazy("ends before it begins"),
    "half_verified": gettext_lazy("says either by whom it was verified or when; it needs both"),
    "version_taken": gettext_lazy("there is this version or a newer one; give the file the next number"),
    "other_code": gettext_lazy("is the code that a step leaving this must have: forecasts and papers go by it"),
    "other_record": gettext_lazy("is missing, which a step of this code must leave: forecasts and papers go by it"),
    "other_side": gettext_lazy("a template of this name is for the other side"),
}


def hindrance_words(one: rules.Hindrance) -> str:
    code, _, item = one.code.partition(":")
    item = str(Requirement(item).label) if code == "requirement" else item
    if code in ApprovalKind.values:
        return gettext("Not on record yet: %(approval)s") % {"approval": ApprovalKind(code).label}
    return str(HINDERED[code]) % {"item": item}


def rule_words(rule: str, *, told: Mapping[str, str] | None = None) -> str:
    """A rule that was set aside, as everyone reads it. `told` has fields of cooperation in the reader's language."""
    code, _, item = rule.partition(":")
    item = str(Requirement(item).label) if code == "requirement" else (told or {}).get(item, item)
    if code in ApprovalKind.values:
        return str(ApprovalKind(code).label)
    return str(HINDERED[code]) % {"item": item} if code in HINDERED else rule


def fault_words(fault: Fault) -> str:
    """In which line, where in the template, what is wrong: in the reader's language."""
    where = fault.where.removeprefix("file: ")
    told = f"{where}: {FAULTS[fault.code]}" if where else str(FAULTS[fault.code])
    return gettext("Line %(number)d: %(fault)s") % {"number": fault.line, "fault": told} if fault.line else told
