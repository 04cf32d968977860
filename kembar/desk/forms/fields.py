"""Fields for what people write in words: dates, lengths of time, lists. What was typed is never lost."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from kembar.agreements.claims_file import scope_of
from kembar.lib.dates import UnreadableDate, parse_duration, parse_edtf, parse_written
from kembar.lib.text import clean
from kembar.web.dates import why_unreadable, written, written_length

_LENGTH = re.compile(
    r"(?:(\d{1,3})\s*(?:tahun|thn|th|years?|yrs?|y|년|年))?\s*"
    r"(?:(\d{1,3})\s*(?:bulan|bln|months?|mo|m|개월|个月))?",
    re.IGNORECASE,
)


def carry_what_is_held(form: forms.Form) -> None:
    """Sends along what each field held when the form was opened: what nobody touched is known by it afterwards."""
    for name, field in form.fields.items():
        field.show_hidden_initial = name not in ("opened_with", "reason")


class TextField(forms.CharField):
    """Text without characters nobody sees."""

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; cleaned to a list."""

    widget = _SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(one, initial) for one in data or [None]]


class DateField(TextField):
    """A date as far as it is known, as people write it; cleaned to its EDTF text, "" for not known."""

    def __init__(self, **options: Any) -> None:
        hint = gettext_lazy("For example 24 May 1960, May 1960, about 2005, before April 2024.")
        given: dict[str, Any] = {"required": False, "max_length": 80, "help_text": hint}
        super().__init__(**given | options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return parse_written(text).edtf
        except UnreadableDate as error:
            raise ValidationError(why_unreadable(error)) from error

    def prepare_value(self, value: Any) -> Any:
        """What the register holds, in words where the words read back as the same date."""
        try:
            date = parse_edtf(value) if value else None
            words = written(date) if date else ""
            return words if date and parse_written(words) == date else value
        except UnreadableDate:
            return value


class LengthField(TextField):
    """A length of time as people write it; cleaned to ISO 8601."""

    def __init__(self, **options: Any) -> None:
        hint = gettext_lazy("For example 5 years, 18 months.")
        given: dict[str, Any] = {"required": False, "max_length": 40, "help_text": hint}
        super().__init__(**given | options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        found = _LENGTH.fullmatch(text)
        if found and (found[1] or found[2]):
            return "P" + (f"{found[1]}Y" if found[1] else "") + (f"{found[2]}M" if found[2] else "")
        try:
            return str(parse_duration(text))
        except ValueError as error:
            raise ValidationError(gettext("Write a number of years or months, such as 5 years.")) from error

    def prepare_value(self, value: Any) -> Any:
        """P5Y as 5 years, where sent back those words are the same length again."""
        try:
            words = written_length(parse_duration(value or ""))
            return words if self.to_python(words) == value else value
        except (ValueError, ValidationError):
            return value


class ItemsField(TextField):
    """One item a line; cleaned to the claim's canonical "a; b"."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        given: dict[str, Any] = {"required": False, "max_length": 4000, "help_text": gettext_lazy("One a line.")}
        super().__init__(**given | options)

    def to_python(self, value: Any) -> str:
        lines = [clean(line).replace(";", ",") for line in re.split(r"[\r\n]+", super().to_python(value))]
        items = [line for line in lines if line]
        return f"{items[0]};" if len(items) == 1 else "; ".join(items)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(scope_of(value)) if value and ";" in value and "\n" not in value else value
