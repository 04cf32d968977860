"""How often a digest comes, and what an office sets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kembar.reminders.rules import MOST_DAYS, MOST_MONTHS, Limits, months_in
from kembar.reminders.states import Every


class EveryForm(forms.Form):
    every = forms.ChoiceField(label=_("How often"), choices=Every.choices, widget=forms.RadioSelect)


class LimitsForm(forms.Form):
    """The days and months of one office; an empty field of days means never."""

    soon = forms.IntegerField(
        label=_("Days ahead at which a promise stands in the digest"), min_value=1, max_value=MOST_DAYS
    )
    deputy_after = forms.IntegerField(
        label=_("Days overdue after which the deputy is told"), help_text=_("Empty: never."), required=False,
        min_value=1, max_value=MOST_DAYS,
    )  # fmt: skip
    head_after = forms.IntegerField(
        label=_("Days overdue after which the head of the office is told"), help_text=_("Empty: never."),
        required=False, min_value=1, max_value=MOST_DAYS,
    )  # fmt: skip
    renewal_months = forms.IntegerField(
        label=_("Months before its end at which the renewal of a paper opens by itself"), min_value=1,
        max_value=MOST_MONTHS,
    )  # fmt: skip
    alerts = forms.CharField(
        label=_("Months before an end at which the office is told"),
        help_text=_("Numbers with spaces between, such as 24 18 12 6 3 1. Each is told once."), max_length=60,
    )  # fmt: skip

    @classmethod
    def start(cls, limits: Limits) -> dict[str, Any]:
        alerts = " ".join(map(str, limits.alerts))
        return {"soon": limits.soon, "deputy_after": limits.deputy_after, "head_after": limits.head_after,
                "renewal_months": limits.renewal_months, "alerts": alerts}  # fmt: skip

    def clean_alerts(self) -> tuple[int, ...]:
        found = months_in(self.cleaned_data["alerts"])
        if found is None:
            raise forms.ValidationError(_("Write numbers of months with spaces between."))
        return found

    @property
    def limits(self) -> Limits:
        return Limits(**self.cleaned_data)
