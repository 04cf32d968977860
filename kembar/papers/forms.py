"""What a person fills in for a paper, for a letter's number, and for the letterhead."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from kembar.files.store import largest
from kembar.lib.dates import UnreadableDate, parse_edtf, parse_written
from kembar.lib.text import clean
from kembar.papers import rules
from kembar.papers.actions import Heading
from kembar.papers.fields import FIELDS
from kembar.papers.known import language_words
from kembar.papers.models import Letterhead, NumberScheme
from kembar.web.dates import why_unreadable, written

REFUSED = {
    "missing": gettext_lazy("This is needed."),
    "too_long": gettext_lazy("This is too long."),
    "unknown": gettext_lazy("This cannot be read."),
    "in_future": gettext_lazy("This day is still to come."),
    "unknown_part": gettext_lazy("Only {klasifikasi}, {nomor}, {unit}, {bulan} and {tahun} can stand in braces."),
    "braces": gettext_lazy("A brace is open or stands alone."),
    "no_serial": gettext_lazy("{nomor} is needed, once."),
    "no_year": gettext_lazy("{tahun} is needed: the count begins anew each year."),
}


class TextField(forms.CharField):
    """Text without what nobody sees."""

    def to_python(self, value: Any) -> str:
        return clean(str(super().to_python(value) or ""))


class DayField(TextField):
    """A day as people write it or as ISO 8601, kept as EDTF."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return parse_edtf(text).edtf
        except UnreadableDate:
            pass
        try:
            return parse_written(text).edtf
        except UnreadableDate as error:
            raise forms.ValidationError(why_unreadable(error)) from None

    def prepare_value(self, value: Any) -> Any:
        try:
            return written(parse_edtf(value)) if value else value
        except UnreadableDate:
            return value


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PaperForm(forms.Form):
    """The fields a paper asks for, each in the languages of its columns, as names `purpose` and `purpose-ko`."""

    def __init__(self, *args: Any, asked: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for code, language in asked:
            self._add(code, language)

    def _add(self, code: str, language: str) -> None:
        field = FIELDS[code]
        label = str(field.label)
        label = label[:1].upper() + label[1:]
        options: dict[str, Any] = {"label": named_in(label, language), "required": False, "max_length": 5000}
        if field.kind in ("long", "items"):
            options["widget"] = _lines(4 if field.kind == "items" else 3)
        if field.kind == "items":
            options["help_text"] = gettext("One a line, in the same order.")
        kind = {"date": DayField}.get(field.kind, TextField)
        self.fields[name_of(code, language)] = kind(**options)

    def values(self) -> dict[tuple[str, str], str]:
        given = self.cleaned_data
        return {split(name): given[name] for name in self.fields}


def named_in(name: str, language: str) -> str:
    """A field with the language it is asked in, where that is not the paper's own."""
    if language == "id":
        return name
    spoken = language_words(language, (get_language() or "id").lower())
    return gettext("%(field)s (%(language)s)") % {"field": name, "language": spoken}


def name_of(code: str, language: str) -> str:
    return code if language == "id" else f"{code}-{language}"


def split(name: str) -> tuple[str, str]:
    code, _, language = name.partition("-")
    return code, language or "id"


class NumberForm(forms.Form):
    """A number for a letter; left empty, the next one."""

    day = DayField(label=gettext_lazy("Date of the letter"))
    serial = forms.IntegerField(
        label=gettext_lazy("Serial number"), required=False, min_value=1, max_value=rules.HIGHEST_SERIAL,
        help_text=gettext_lazy("Leave it empty for the next number; enter it where the mail room has given one."),
    )  # fmt: skip
    classification = TextField(label=gettext_lazy("Classification code"), max_length=30, required=False)

    def clean_day(self) -> Any:
        day = parse_edtf(self.cleaned_data["day"])
        if day.earliest is None or day.earliest != day.latest:
            raise forms.ValidationError(gettext("A full day is needed."))
        return day.earliest


class LetterForm(NumberForm):
    """A number for a letter that was written elsewhere."""

    subject = TextField(label=gettext_lazy("Subject (hal)"), max_length=300)
    field_order = ["subject", "day", "serial", "classification"]


class ReasonForm(forms.Form):
    reason = TextField(label=gettext_lazy("Reason"), max_length=2000, widget=_lines(2))


class HeadForm(forms.Form):
    """One letterhead."""

    names = TextField(
        label=gettext_lazy("Lines of the letterhead"), max_length=600, widget=_lines(3),
        help_text=gettext_lazy("One a line, the last one is set largest: the government, then the unit."),
    )  # fmt: skip
    address = TextField(
        label=gettext_lazy("Address, telephone, web site"), max_length=600, required=False, widget=_lines(2)
    )
    picture = forms.FileField(
        label=gettext_lazy("Coat of arms"), required=False,
        help_text=gettext_lazy("A PNG or JPEG. Left empty, the one on file stays."),
        widget=forms.ClearableFileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
    )  # fmt: skip
    without_picture = forms.BooleanField(label=gettext_lazy("Without a coat of arms"), required=False)
    signer_post = TextField(label=gettext_lazy("Post of who signs for the office"), max_length=100, required=False)
    signer = TextField(label=gettext_lazy("Name of who signs for the office"), max_length=100, required=False)
    signer_rank = TextField(label=gettext_lazy("Rank"), max_length=100, required=False)
    signer_number = TextField(label=gettext_lazy("NIP"), max_length=30, required=False)
    opened_with = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    SIGNER = ("signer_post", "signer", "signer_rank", "signer_number")

    def __init__(self, *args: Any, whose: str, row: Letterhead | None, **options: Any) -> None:
        names = ("names", "address", *self.SIGNER)
        held = (
            {name: getattr(row, name) for name in names} | {"opened_with": row.version} if row else {"opened_with": 0}
        )
        super().__init__(*args, **({"initial": held} | options))
        if whose == "mayor":  # who heads the government stands in the register of office-holders
            for name in self.SIGNER:
                del self.fields[name]
        if row is None or row.picture_id is None:
            del self.fields["without_picture"]

    def clean_picture(self) -> Any:
        found = self.cleaned_data["picture"]
        if found and found.size > largest():
            raise forms.ValidationError(gettext("The file is too large."))
        return found

    def heading(self) -> Heading:
        given = self.cleaned_data
        return Heading(given["names"], given["address"], **{name: given.get(name, "") for name in self.SIGNER})


class SchemeForm(forms.Form):
    """How letters are numbered."""

    pattern = TextField(
        label=gettext_lazy("Pattern"), max_length=rules.LONGEST_NUMBER,
        help_text=gettext_lazy("In braces: {klasifikasi}, {nomor}, {unit}, {bulan} (in Roman letters), {tahun}."),
    )  # fmt: skip
    classification = TextField(label=gettext_lazy("Usual classification code"), max_length=30, required=False)
    unit = TextField(label=pgettext_lazy("letter number", "Code of the unit"), max_length=30, required=False)
    digits = forms.IntegerField(
        label=gettext_lazy("Digits of the serial number"), min_value=1, max_value=6,
        help_text=gettext_lazy("A shorter one is filled with zeros: 4 makes 0012."),
    )  # fmt: skip

    def __init__(self, *args: Any, scheme: NumberScheme, **options: Any) -> None:
        held = {name: getattr(scheme, name) for name in ("pattern", "classification", "unit", "digits")}
        super().__init__(*args, **({"initial": held} | options))

    def scheme(self) -> rules.Scheme:
        given = self.cleaned_data
        return rules.Scheme(given["pattern"], given["unit"], given["digits"])
