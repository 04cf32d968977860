"""Every write of promises. Nothing becomes overdue by a write, and nobody outside sees what no officer accepted."""

from kembar.commitments.actions.confirming import ask_partner, take_answer, take_sheet, translate
from kembar.commitments.actions.entering import SHORT, Promised, add, amend, as_promised, void
from kembar.commitments.actions.finding import index_others
from kembar.commitments.actions.many import (
    ACCEPT,
    MOST,
    START,
    Answer,
    Change,
    NothingChosen,
    TooMany,
    change_many,
)
from kembar.commitments.actions.moving import (
    Keepers,
    Outcome,
    accept,
    drop,
    keep,
    keep_partly,
    keep_round,
    reopen,
    start,
)
from kembar.commitments.actions.refusing import LONGEST, ChangedMeanwhile, Doubtful, Voided, WrongMove, WrongPromise

__all__ = [
    "ACCEPT",
    "LONGEST",
    "MOST",
    "SHORT",
    "START",
    "Answer",
    "Change",
    "ChangedMeanwhile",
    "Doubtful",
    "Keepers",
    "NothingChosen",
    "Outcome",
    "Promised",
    "TooMany",
    "Voided",
    "WrongMove",
    "WrongPromise",
    "accept",
    "add",
    "amend",
    "as_promised",
    "ask_partner",
    "change_many",
    "drop",
    "index_others",
    "keep",
    "keep_partly",
    "keep_round",
    "reopen",
    "start",
    "take_answer",
    "take_sheet",
    "translate",
    "void",
]
