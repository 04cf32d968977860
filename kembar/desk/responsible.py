"""Who answers for a partner, as the desk asks for it."""

from typing import Any

from kembar.desk.forms.promise import FileKeepersForm
from kembar.desk.people import Outcome
from kembar.desk.place import Place
from kembar.desk.promises import REFUSED, keeper_choices, keeper_named
from kembar.desk.saving import reopen
from kembar.partnerships.actions import KeepersChanged, WrongKeepers, name_keepers
from kembar.partnerships.queries import Partnership


def form_of(data: Any, file: Partnership, place: Place) -> FileKeepersForm:
    held = {"owner": file.owner, "deputy": file.deputy, "opened_with": file.keepers}
    return FileKeepersForm(data, keepers=keeper_choices(place), initial=held)


def attempt(form: FileKeepersForm, file: Partnership, place: Place) -> Outcome:
    """Names them when the form is in order; both versions are told where a colleague was first."""
    if not form.is_valid():
        return Outcome()
    named = form.keepers()
    try:
        name_keepers(
            file, by=place.actor, owner=named.owner, deputy=named.deputy, seen=form.cleaned_data["opened_with"]
        )
    except WrongKeepers as wrong:
        form.add_error(wrong.field, str(REFUSED[wrong.code]))
        return Outcome()
    except KeepersChanged as error:
        members, now = dict(keeper_choices(place)), error.current
        rows = [
            (str(form.fields[name].label), keeper_named(before, members).name, keeper_named(typed, members).name)
            for name, before, typed in (("owner", now.owner, named.owner), ("deputy", now.deputy, named.deputy))
            if before != typed
        ]
        reopen(form, now.keepers)
        return Outcome(overtaken=True, rows=rows)
    return Outcome(saved=True)
