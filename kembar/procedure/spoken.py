"""The rules of the road in words: what stands in the way, and what was set aside."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from kembar.agreements.states import ApprovalKind
from kembar.procedure import rules

HINDERED: Mapping[str, str | Promise] = {
    "no_relations": gettext_lazy("There are no diplomatic relations with this country: no tie is possible."),
    "ask_ministry": gettext_lazy("The Foreign Ministry has rules of its own on this partner: ask it first."),
    "office_abroad": gettext_lazy("A representative office abroad is no object of a cooperation: %(item)s"),
    "transfer_plan": gettext_lazy("Science and technology need a plan to pass them on: check that requirement first."),
    "level_differs": gettext_lazy("The two are not of the same level: a justification is needed."),
    "full_powers_void": gettext_lazy("Full powers are void: the person they name no longer holds the post."),
    "full_powers_unnamed": gettext_lazy("Full powers name nobody."),
    "scope": gettext_lazy("The council did not approve: %(item)s"),
    "step": gettext_lazy("Not done yet: %(item)s"),
    "not_in_plan": gettext_lazy("The plan never had: %(item)s"),
}


def hindrance_words(one: rules.Hindrance) -> str:
    code, _, item = one.code.partition(":")
    if code in ApprovalKind.values:
        return gettext("Not on record yet: %(approval)s") % {"approval": ApprovalKind(code).label}
    return str(HINDERED[code]) % {"item": item}


def rule_words(rule: str, *, told: Mapping[str, str] | None = None) -> str:
    """A rule that was set aside, as everyone reads it. `told` has fields of cooperation in the reader's language."""
    code, _, item = rule.partition(":")
    item = (told or {}).get(item, item)
    if code in ApprovalKind.values:
        return str(ApprovalKind(code).label)
    return str(HINDERED[code]) % {"item": item} if code in HINDERED else rule
