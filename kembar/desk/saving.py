"""One form, one deed: what an action refuses is told beside the field it is about, and what was typed stays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext

from kembar.agreements.actions import AnotherFile, ChangedMeanwhile, Doubtful, SupersessionCircle, WrongValue
from kembar.desk.words import doubt_words
from kembar.partnerships.actions import InstitutionMissing, NotMergeable
from kembar.sources.actions import AlreadyAnswered, CorrectedMeanwhile, NotTheSameOffice, ReasonMissing
from kembar.sources.queries import NoSuchDocument


@dataclass(slots=True)
class Attempt:
    """What came of saving. `doubts`: (code, sentence) to be confirmed; `overtaken`: somebody else saved first."""

    saved: bool = False
    doubts: list[tuple[str, str]] = field(default_factory=list)
    overtaken: bool = False

    @property
    def codes(self) -> str:
        return " ".join(code for code, _ in self.doubts)


def confirmed(data: QueryDict) -> frozenset[str]:
    """The codes of the doubts the officer has looked at."""
    return frozenset(data.get("confirmed", "").split())


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form with a file takes from a request: nothing before it was sent."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def attempt(form: forms.Form, act: Callable[[], object]) -> Attempt:
    """Runs the deed when the form is in order."""
    if not form.is_valid():
        return Attempt()
    try:
        act()
    except Doubtful as error:
        return Attempt(doubts=[(doubt.code, doubt_words(doubt)) for doubt in error.doubts])
    except (ChangedMeanwhile, CorrectedMeanwhile):
        return Attempt(overtaken=True)
    except WrongValue as error:
        message = gettext("This cannot be read.") if error.attribute else gettext("Fill in at least one field.")
        form.add_error(error.attribute if error.attribute in form.fields else None, message)
        return Attempt()
    except tuple(_REFUSALS) as error:
        wanted, message = _REFUSALS[type(error)]()
        form.add_error(wanted if wanted in form.fields else None, message)
        return Attempt()
    return Attempt(saved=True)


def untouched(form: forms.Form) -> set[str]:
    """The fields that hold what they held when the form was opened, where the form carried that along."""
    changed = set(form.changed_data)
    return {
        name
        for name, offered in form.fields.items()
        if offered.show_hidden_initial and form[name].html_initial_name in form.data and name not in changed
    }


def reopen(form: forms.Form, now: str, held: Mapping[str, Any] | None = None) -> None:
    """What was typed stays, and counts from now on as typed with the newest version in sight.

    What was not touched takes over what a colleague saved: `held`, by default what the form began with this time.
    """
    kept = untouched(form)
    newest = form.initial if held is None else held
    data = QueryDict(mutable=True)
    for name in form.data:
        data[name] = form.data[name]
    data["opened_with"] = now
    for name, offered in form.fields.items():
        if offered.show_hidden_initial and name in newest:
            data[form[name].html_initial_name] = str(offered.prepare_value(newest[name]))
            if name in kept:
                data[name] = offered.prepare_value(newest[name])
    form.data = data


def versions(form: forms.Form, now: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(field, what a colleague saved first, what was typed) where the two differ."""
    rows = []
    for name, offered in form.fields.items():
        if name != "opened_with" and now[name] != form.cleaned_data[name]:
            choices = dict(getattr(offered, "choices", ()))
            first, typed = (
                str(choices.get(value, offered.prepare_value(value))) for value in (now[name], form.cleaned_data[name])
            )
            rows.append((str(form[name].label), first, yours(form, name, typed)))
    return rows


def yours(form: forms.Form, name: str, typed: str) -> str:
    """What the table of both versions says an officer typed."""
    return gettext("not touched by you; taken over") if name in untouched(form) else typed


_REFUSALS: dict[type[Exception], Callable[[], tuple[str, str]]] = {
    ReasonMissing: lambda: ("reason", gettext("Give the reason: it stays beside the statement.")),
    SupersessionCircle: lambda: ("supersedes", gettext("In the end this paper would take its own place.")),
    AnotherFile: lambda: ("paper", gettext("That paper lies in another file.")),
    NoSuchDocument: lambda: ("document", gettext("This source is not on file any more.")),
    NotTheSameOffice: lambda: (
        "title",
        gettext("A source of this title, publisher and address is on file: join them."),
    ),
    NotMergeable: lambda: ("into", gettext("These two cannot be joined.")),
    InstitutionMissing: lambda: ("institution", gettext("Name the institution or network; leave it empty for a city.")),
    AlreadyAnswered: lambda: (
        "reply",
        gettext("A colleague has answered this report already. Your text is kept below."),
    ),
}
