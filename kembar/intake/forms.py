"""What an officer hands to the reader, and what they make of a draft."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kembar.cities import gazetteer
from kembar.cities import queries as cities
from kembar.intake import upload, words
from kembar.intake.doubts import with_year
from kembar.intake.models import Draft
from kembar.intake.states import DraftKind, TextKind
from kembar.lib.dates import UnreadableDate, parse_edtf, parse_written
from kembar.web.dates import why_unreadable


class WrittenDate(forms.CharField):
    """A date as people write it; cleans to EDTF, empty where nothing is known."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=60, **options)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return parse_written(text).edtf
        except UnreadableDate as error:
            raise forms.ValidationError(why_unreadable(error)) from None


class PasteForm(forms.Form):
    """A text, pasted or in a file, and where it comes from."""

    body = forms.CharField(
        label=_("The text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Paste the whole article with its title. Adverts and links are told apart by the reader."),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        allow_empty_file=True,
        help_text=_("TXT, DOCX, PDF or HTML, up to 5 MB. The file itself is not kept, only its words."),
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf,.html,.htm"}),
    )
    kind = forms.ChoiceField(label=_("Kind of text"), choices=TextKind.choices)
    published = forms.DateField(
        label=_("Published on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        help_text=_("“Yesterday” and days without a year are counted from this day."),
    )
    title = forms.CharField(
        label=_("Title"), required=False, max_length=300, help_text=_("The first line of the text when left empty.")
    )
    publisher = forms.CharField(label=_("Published by"), required=False, max_length=200)
    address = forms.URLField(label=_("Address on the web"), required=False, max_length=500, assume_scheme="https")
    again = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_file(self) -> str:
        """The words of the file; empty when none was chosen."""
        given = self.cleaned_data["file"]
        if not given:
            return ""
        try:
            if given.size > upload.LARGEST:
                raise upload.CannotRead("too_large")
            return upload.text_of(given.read())
        except upload.CannotRead as error:
            raise forms.ValidationError(str(words.CANNOT_READ[error.code]), code=error.code) from None

    def clean_published(self) -> date | None:
        day: date | None = self.cleaned_data["published"]
        if day is not None and day.year < 1000:
            raise forms.ValidationError(_("The year must have four digits."))
        return day

    @property
    def text(self) -> str:
        """The words to read: those of the file where one was chosen."""
        return self.cleaned_data.get("file") or self.cleaned_data.get("body") or ""

    def keep_words(self) -> None:
        """A browser forgets the chosen file when the form comes back; its words then stand where words are pasted."""
        if self.is_bound and self.text:
            self.data = {name: self.data[name] for name in self.data} | {"body": self.text}


class PaperForm(forms.Form):
    kind = forms.ChoiceField(label=_("Paper"), choices=list(words.PAPERS.items()))
    status = forms.ChoiceField(label=_("Its state"), choices=list(words.STATUSES.items()))
    parties = forms.CharField(label=_("Parties"), required=False, max_length=500, help_text=_("Separated by commas"))
    date = WrittenDate(label=_("Date"), required=False)

    def clean_parties(self) -> list[str]:
        return [part.strip() for part in self.cleaned_data["parties"].split(",") if part.strip()]


class PromiseForm(forms.Form):
    action = forms.CharField(label=_("What was promised"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    actor = forms.CharField(label=_("Who"), required=False, max_length=300)
    counterpart = forms.CharField(label=_("For or with whom"), required=False, max_length=300)
    due = WrittenDate(label=_("Due"), required=False)
    modality = forms.ChoiceField(label=_("How firmly"), choices=list(words.MODALITIES.items()))
    conditional = forms.BooleanField(label=_("On a condition"), required=False)
    recurring = forms.BooleanField(label=_("Every time again"), required=False)


class DateForm(forms.Form):
    value = WrittenDate(label=_("Date"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1000, max_value=2999)

    def __init__(self, *args: Any, printed: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.printed = printed
        if not printed.startswith("XXXX-"):
            del self.fields["year"]

    def clean(self) -> dict[str, Any]:
        given = {"value": self.cleaned_data.get("value", "")}
        if year := self.cleaned_data.get("year"):
            try:
                given["value"] = with_year(self.printed, year)
            except UnreadableDate as error:
                self.add_error("year", why_unreadable(error))
        if not given["value"] and not self.errors:
            self.add_error("value", _("Write the date, as far as it is known."))
        return given


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    office = forms.CharField(label=_("Post"), required=False, max_length=200)
    of = forms.CharField(label=_("Of which city or organisation"), required=False, max_length=200)


class MoneyForm(forms.Form):
    amount = forms.FloatField(label=_("Amount"), min_value=0, max_value=1e15)
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$", label=_("Currency"), help_text=_("Three letters: IDR, USD, KRW, CNY, JPY, EUR")
    )

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


class SectorForm(forms.Form):
    code = forms.ChoiceField(label=_("Field of cooperation"), choices=list(words.SECTORS.items()))


class CityForm(forms.Form):
    """Another place of the same name, or a place by its name."""

    geonameid = forms.TypedChoiceField(label=_("Which place"), coerce=int, choices=())
    other = forms.CharField(
        label=_("Another city"), required=False, max_length=100, help_text=_("Its name in any language")
    )

    def __init__(self, *args: Any, places: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["geonameid"].choices = [  # type: ignore[attr-defined]
            (number, words.city_words(number, place.name, place.country))
            for number in places
            if (place := gazetteer.by_geonameid(number)) is not None
        ]

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return {}
        if name := self.cleaned_data.get("other"):
            return self._named(name)
        place = gazetteer.by_geonameid(self.cleaned_data["geonameid"])
        if place is None:
            return {}
        return {"geonameid": self.cleaned_data["geonameid"], "name": place.name, "country": place.country}

    def _named(self, name: str) -> dict[str, Any]:
        try:
            found = cities.find(name)
        except cities.AmbiguousCity:
            self.add_error("other", _("Several places have this name; add it in another spelling."))
        except cities.UnknownCity:
            self.add_error("other", _("No city of this name is known; try its English name."))
        else:
            if found.geonameid is not None:
                return {"geonameid": found.geonameid, "name": found.english_name, "country": found.country}
            self.add_error("other", _("No city of this name is known; try its English name."))
        return {}


def edit_form(draft: Draft, data: Any = None) -> forms.Form:
    """The form for a draft of its kind, filled with its value."""
    kind, value = DraftKind(draft.kind), draft.value
    options: dict[str, Any] = {"auto_id": f"f{draft.pk}_%s"}
    if kind == DraftKind.DATE:
        return DateForm(data, initial={"value": _shown(value["value"])}, printed=value["value"], **options)
    if kind == DraftKind.CITY:
        places = [value["geonameid"], *value.get("alternatives", ())]
        return CityForm(data, initial={"geonameid": value["geonameid"]}, places=list(dict.fromkeys(places)), **options)
    initial = dict(value)
    if kind == DraftKind.AGREEMENT:
        initial |= {"parties": ", ".join(value["parties"]), "date": _shown(value["date"])}
    if kind == DraftKind.COMMITMENT:
        initial["due"] = _shown(value["due"])
    return _FORMS[kind](data, initial=initial, **options)


_FORMS: dict[DraftKind, type[forms.Form]] = {
    DraftKind.AGREEMENT: PaperForm,
    DraftKind.COMMITMENT: PromiseForm,
    DraftKind.PERSON: PersonForm,
    DraftKind.MONEY: MoneyForm,
    DraftKind.SECTOR: SectorForm,
}


def _shown(value: str) -> str:
    """A date as it is typed; empty where the year is missing, which is asked for beside it."""
    if not value or value.startswith("XXXX"):
        return ""
    try:
        parse_edtf(value)
    except UnreadableDate:
        return ""
    return words.date_words(value)
