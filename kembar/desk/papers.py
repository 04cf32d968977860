"""The papers of a case: step by step, with what is said of each and what its signatures say."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import get_language, pgettext

from kembar.desk.attachments import AttachmentRow, rows_of
from kembar.desk.forms.attachment import PaperForm
from kembar.desk.place import Place
from kembar.files.store import Arrived, receive
from kembar.partnerships.queries import Attachment
from kembar.procedure.actions import Paper
from kembar.procedure.queries import cases as queries
from kembar.procedure.queries.templates import template_of
from kembar.procedure.template import Step

WHOLE = "case"


@dataclass(frozen=True, slots=True)
class StepPapers:
    """The papers of one step; `code` is WHOLE for those of the case itself."""

    code: str
    name: str
    rows: list[AttachmentRow]

    @property
    def standing(self) -> int:
        return sum(row.withdrawn_at is None for row in self.rows)


def papers_in(case: queries.Case, *, story: Sequence[queries.StepRun], place: Place) -> list[StepPapers]:
    """Those of the case itself first, then in the order of the road; steps without any left out. Also what belongs to
    a step that was sent back since. Two queries."""
    held = queries.papers_of(case, runs=story)
    rows = {row.number: row for row in rows_of([one for several in held.values() for one in several], {}, place)}
    language = get_language() or "id"
    road, theirs = template_of(case.template), template_of(case.counterpart)
    steps: list[Step] = [*road.steps, *theirs.steps]
    found = [(WHOLE, pgettext("papers", "The case as a whole"), [case.key])]
    for step in steps:
        runs = [run for run in story if run.step == step.code]
        keys = [key for run in runs for key in (run.key, run.record) if key]
        found.append((step.code, step.name(language), list(dict.fromkeys(keys))))
    groups = []
    for code, name, subjects in found:
        mine = [rows.pop(one.pk) for key in subjects for one in held.get(key, ()) if one.pk in rows]
        if mine:
            groups.append(StepPapers(code, name, mine))
    return groups


def received(upload: Any) -> AbstractContextManager[Arrived | None]:
    """A file that comes along, checked while the block runs; None where there is none."""
    return receive(upload, name=upload.name) if upload else nullcontext()


def taken(form: PaperForm, stack: ExitStack, replaces: Attachment | None) -> list[Paper]:
    """The files that came with a form, checked while the stack is open, each with what the form says of it."""
    arrived = [stack.enter_context(receive(one, name=one.name)) for one in form.uploads]
    reason = form.cleaned_data.get("reason", "")
    return [Paper(one, form.facts(), replaces=replaces, reason=reason) for one in arrived]


def step_name(case: queries.Case, code: str) -> str:
    """The name of a step of this case, "" for none and for the case itself. Raises Http404."""
    if code in ("", WHOLE):
        return ""
    step = template_of(case.template).step(code) or template_of(case.counterpart).step(code)
    if step is None:
        raise Http404
    return step.name(get_language() or "id")
