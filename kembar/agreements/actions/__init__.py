"""Every write of papers, approvals and of what sources say about them."""

from kembar.agreements.actions.claiming import decide_claim, state_claim, state_paper
from kembar.agreements.actions.entering import (
    ChangedMeanwhile,
    Doubtful,
    Source,
    WrongValue,
    add_claim,
    amend,
    record_approval,
    record_event,
    record_paper,
    record_signature,
    record_statement,
)
from kembar.agreements.actions.finding import index_papers
from kembar.agreements.actions.importing import Imported, import_claims
from kembar.agreements.actions.papers import (
    AnotherFile,
    NewPaper,
    add_approval,
    add_instrument,
    add_instruments,
    add_signature,
)
from kembar.agreements.actions.stepping import SupersessionCircle, bring_in_step
from kembar.agreements.actions.undoing import (
    StillNeeded,
    merge_documents,
    merge_files,
    merge_papers,
    void,
    withdraw_file,
)

__all__ = [
    "AnotherFile",
    "ChangedMeanwhile",
    "Doubtful",
    "Imported",
    "NewPaper",
    "Source",
    "StillNeeded",
    "SupersessionCircle",
    "WrongValue",
    "add_approval",
    "add_claim",
    "add_instrument",
    "add_instruments",
    "add_signature",
    "amend",
    "bring_in_step",
    "decide_claim",
    "import_claims",
    "index_papers",
    "merge_documents",
    "merge_files",
    "merge_papers",
    "record_approval",
    "record_event",
    "record_paper",
    "record_signature",
    "record_statement",
    "state_claim",
    "state_paper",
    "void",
    "withdraw_file",
]
