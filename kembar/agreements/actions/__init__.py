"""Every write of papers, approvals and of what sources say about them."""

from kembar.agreements.actions.claiming import decide_claim, state_claim
from kembar.agreements.actions.importing import Imported, import_claims
from kembar.agreements.actions.papers import AnotherFile, add_approval, add_instrument, add_signature
from kembar.agreements.actions.stepping import SupersessionCircle, bring_in_step

__all__ = [
    "AnotherFile",
    "Imported",
    "SupersessionCircle",
    "add_approval",
    "add_instrument",
    "add_signature",
    "bring_in_step",
    "decide_claim",
    "import_claims",
    "state_claim",
]
