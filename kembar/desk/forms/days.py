"""Days on which an office's calendars differ, and the recesses of its council."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kembar.desk.forms.fields import TextField


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class DayForm(forms.Form):
    """One day of one country's calendar."""

    country = forms.ChoiceField(label=gettext_lazy("Whose calendar"))
    day = _day(gettext_lazy("Day"))
    works = forms.BooleanField(label=gettext_lazy("This day is worked"), required=False)
    name = TextField(label=gettext_lazy("Name"), max_length=200)

    def __init__(self, *args: Any, countries: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["country"].choices = list(countries)  # type: ignore[attr-defined]


class RecessForm(forms.Form):
    """Days on which the council does not meet."""

    first = _day(gettext_lazy("First day"))
    last = _day(gettext_lazy("Last day"))
    name = TextField(label=gettext_lazy("Name"), max_length=200)
    source = TextField(
        label=gettext_lazy("Source"), max_length=300, help_text=gettext_lazy("The decision or schedule that says so.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        # Stands on one page with the form above, whose fields have some of the same names.
        super().__init__(*args, **{"auto_id": "id_recess_%s", **options})

    @property
    def span(self) -> dict[str, date]:
        return {"first": self.cleaned_data["first"], "last": self.cleaned_data["last"]}


class WithdrawForm(forms.Form):
    """Why a recess counts no more."""

    reason = TextField(label=gettext_lazy("Reason"), max_length=300)
