"""Onto another version of the law: since when, why, and what each step that is done counts as."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kembar.desk.forms.case import SeenForm
from kembar.desk.forms.fields import TextField

PREFIX = "becomes-"
Line = tuple[str, str, list[tuple[str, str]], str]


class CrossingForm(SeenForm):
    """`lines`: (code of a step that is done, its words, (code, name) of what it may count as, what is proposed)."""

    on = forms.DateField(label=gettext_lazy("Decided on"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = TextField(
        label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Who decided it, and why. It stands in the story of the case."),
    )  # fmt: skip

    def __init__(self, *args: Any, lines: list[Line], **options: Any) -> None:
        super().__init__(*args, **options)
        for code, words, choices, proposed in lines:
            self.fields[PREFIX + code] = forms.ChoiceField(
                label=words, required=False, initial=proposed,
                choices=[*choices, ("", gettext("counts no more; it stays in the story"))],
            )  # fmt: skip

    @property
    def becomes(self) -> dict[str, str]:
        """What is said of each step, also before the form is sent."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else None
        return {
            name.removeprefix(PREFIX): given[name] if given else str(field.initial or "")
            for name, field in self.fields.items()
            if name.startswith(PREFIX)
        }
