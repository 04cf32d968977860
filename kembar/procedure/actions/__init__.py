"""Every write of the legal road."""

from kembar.procedure.actions.calendar import set_day, set_recess, withdraw_recess
from kembar.procedure.actions.changing import Decision, change_road
from kembar.procedure.actions.done import Done
from kembar.procedure.actions.finding import index_cases
from kembar.procedure.actions.moving import chase, close, end, pause, resume
from kembar.procedure.actions.opening import Planned, check, open_case, plan_anew, set_aside
from kembar.procedure.actions.papers import Paper, keep_paper, keep_papers
from kembar.procedure.actions.refusing import ChangedMeanwhile, Hindered, Unusual, WrongMove, WrongStep
from kembar.procedure.actions.renewing import decide_letter, open_renewals
from kembar.procedure.actions.steps import finish, report, send_back, skip
from kembar.procedure.actions.templates import TemplateRefused, adopt, bring_in

__all__ = [
    "ChangedMeanwhile",
    "Decision",
    "Done",
    "Hindered",
    "Paper",
    "Planned",
    "TemplateRefused",
    "Unusual",
    "WrongMove",
    "WrongStep",
    "adopt",
    "bring_in",
    "change_road",
    "chase",
    "check",
    "close",
    "decide_letter",
    "end",
    "finish",
    "index_cases",
    "keep_paper",
    "keep_papers",
    "open_case",
    "open_renewals",
    "pause",
    "plan_anew",
    "report",
    "resume",
    "send_back",
    "set_aside",
    "set_day",
    "set_recess",
    "skip",
    "withdraw_recess",
]
