"""Every write of papers."""

from kembar.papers.actions.letterhead import ChangedMeanwhile, Heading, set_letterhead, set_scheme
from kembar.papers.actions.numbering import NumberTaken, give_number, void_number
from kembar.papers.actions.producing import Drawn, fill_in, keep_produced
from kembar.papers.actions.refusing import WrongPaper

__all__ = [
    "ChangedMeanwhile",
    "Drawn",
    "Heading",
    "NumberTaken",
    "WrongPaper",
    "fill_in",
    "give_number",
    "keep_produced",
    "set_letterhead",
    "set_scheme",
    "void_number",
]
