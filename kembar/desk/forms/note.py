"""What a member wants colleagues to know of a partner."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kembar.partnerships.actions import LONGEST_NOTE


class NoteForm(forms.Form):
    # Line breaks stay; what nobody sees is taken out by the action.
    text = forms.CharField(
        label=gettext_lazy("Note"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Officers, translators and the head of your office read it; readers and other offices do not."
        ),
    )  # fmt: skip
    opened_with = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @property
    def own_fields(self) -> list[Any]:
        return list(self.visible_fields())

    @property
    def seen(self) -> int:
        return int(self.cleaned_data["opened_with"] or 0)
