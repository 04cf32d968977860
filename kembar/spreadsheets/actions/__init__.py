"""Every write of spreadsheets: taking one in, settling what it means, bringing its rows in, taking them back."""

from kembar.spreadsheets.actions.entering import NothingToEnter, enter
from kembar.spreadsheets.actions.moving import WrongMove, as_it_stands, begin, broken_off, drop
from kembar.spreadsheets.actions.preparing import (
    ColumnsUnclear,
    NoSuchSheet,
    answer,
    choose_sheet,
    preview,
    settle_columns,
)
from kembar.spreadsheets.actions.taking import FileRefused, take
from kembar.spreadsheets.actions.undoing import undo

__all__ = [
    "ColumnsUnclear",
    "FileRefused",
    "NoSuchSheet",
    "NothingToEnter",
    "WrongMove",
    "answer",
    "as_it_stands",
    "begin",
    "broken_off",
    "choose_sheet",
    "drop",
    "enter",
    "preview",
    "settle_columns",
    "take",
    "undo",
]
