"""What becomes of a letter of intent that went stale."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy

from kembar.desk.forms.fields import DateField, TextField
from kembar.lib.dates import parse_edtf
from kembar.procedure.states import Choice


class LetterForm(forms.Form):
    """Revive, park or close, with the reason."""

    choice = forms.ChoiceField(label=gettext_lazy("What becomes of it?"), choices=Choice.choices)
    reason = TextField(label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    until = DateField(label=gettext_lazy("If parked: until"), help_text="")

    @property
    def own_fields(self) -> list[forms.BoundField]:
        return list(self.visible_fields())

    @property
    def day(self) -> date | None:
        text = self.cleaned_data["until"]
        return parse_edtf(text).latest if text else None
