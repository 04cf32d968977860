"""A new version of a procedure template, as a file or pasted."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from kembar.procedure.template import LONGEST


class TemplateForm(forms.Form):
    """Either a file or its text."""

    file = forms.FileField(label=gettext_lazy("File (TOML)"), required=False)
    text = forms.CharField(
        label=gettext_lazy("or its text"), required=False, strip=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=gettext_lazy("Take the newest version out, change it, give it the next version number."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        sent = given.get("file")
        if sent is not None:
            if sent.size > 4 * LONGEST:
                raise ValidationError(gettext("This is longer than any template."))
            try:
                given["text"] = sent.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise ValidationError(gettext("This file is not text in UTF-8.")) from None
        if not (given.get("text") or "").strip() and not self.errors:
            raise ValidationError(gettext("Choose a file, or paste its text."))
        return given
