"""One form, one deed: what an action refuses is told beside the field it is about, and what was typed stays."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from kembar.agreements.actions import AnotherFile, ChangedMeanwhile, Doubtful, SupersessionCircle, WrongValue
from kembar.desk.words import doubt_words
from kembar.partnerships.actions import InstitutionMissing, NotMergeable
from kembar.sources.actions import AlreadyAnswered, NotTheSameOffice, ReasonMissing
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


def attempt(form: forms.Form, act: Callable[[], object]) -> Attempt:
    """Runs the deed when the form is in order."""
    if not form.is_valid():
        return Attempt()
    try:
        act()
    except Doubtful as error:
        return Attempt(doubts=[(doubt.code, doubt_words(doubt)) for doubt in error.doubts])
    except ChangedMeanwhile:
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


def reopen(form: forms.Form, now: str) -> None:
    """What was typed stays, and counts from now on as typed with the newest version in sight."""
    data = QueryDict(mutable=True)
    for name in form.data:
        data[name] = form.data[name]
    data["opened_with"] = now
    form.data = data


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
