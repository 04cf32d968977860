"""A term of the office's own."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from kembar.desk.forms.fields import TextField
from kembar.languages.actions import LONGEST_TERM
from kembar.languages.glossary import LANGUAGES


class TermForm(forms.Form):
    """A field for each language, two of which are needed."""

    opened_with = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code in LANGUAGES:
            self.fields[code] = TextField(label=str(dict(settings.LANGUAGES)[code]), max_length=LONGEST_TERM,
                                          required=False)  # fmt: skip
        self.fields["note"] = TextField(
            label=gettext_lazy("Note"), max_length=LONGEST_TERM, required=False,
            help_text=gettext_lazy("When it is used so, or where it was found."),
        )  # fmt: skip

    @property
    def words(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in LANGUAGES}

    @property
    def own_fields(self) -> list[Any]:
        return list(self.visible_fields())
