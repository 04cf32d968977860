"""What an officer settles about a spreadsheet, checked."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kembar.cities.queries import AmbiguousCity, UnknownCity, find
from kembar.partnerships.states import Kind
from kembar.spreadsheets import cells, rules, words
from kembar.spreadsheets.layout import Column as Held
from kembar.spreadsheets.queries import LEFT_OUT, Asked, Sheet
from kembar.spreadsheets.states import Column


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Spreadsheet"), allow_empty_file=True, max_length=500,
        help_text=_("XLSX, ODS or CSV, at most 10 MB and 20,000 rows. It is read as it is: no need to tidy it up."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > cells.LARGEST:
            raise forms.ValidationError(words.refused("too_large"), code="too_large")
        return given


class SheetForm(forms.Form):
    """Which sheet, and in which of its rows the headings stand."""

    sheet = forms.TypedChoiceField(label=_("Sheet"), coerce=int, widget=forms.RadioSelect)
    row = forms.IntegerField(
        label=_("Row of the headings"), min_value=0, max_value=2_000_000, required=False,
        help_text=_("Its number in the sheet; 0 where the table has no headings."),
    )  # fmt: skip
    double = forms.BooleanField(label=_("The headings take two rows"), required=False)

    def __init__(self, *args: Any, sheets: Sequence[Sheet], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sheet"].choices = [  # type: ignore[attr-defined]
            (
                sheet.position,
                "{} ({})".format(
                    sheet.name or gettext("The table"),
                    ngettext("%(count)d row", "%(count)d rows", sheet.row_count) % {"count": sheet.row_count},
                ),
            )
            for sheet in sheets
        ]


class ColumnsForm(forms.Form):
    """What each column holds. `held` are the columns in order; `pairs` gives the template each with its field."""

    kind = forms.ChoiceField(label=_("Kind of cooperation, where a row does not say"))
    record = forms.ChoiceField(label=_("What a row is, where it does not say"), required=False)
    carry_down = forms.BooleanField(
        label=_("An empty cell of the partner means: the same partner as above"), required=False
    )

    def __init__(self, *args: Any, held: Sequence[Held], **options: Any) -> None:
        super().__init__(*args, **options)
        self.held = held
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, capfirst(kind.label)) for kind in (Kind.SISTER, Kind.FRIENDSHIP, Kind.THEMATIC)
        ]
        nothing = ("", gettext("nothing: stays in the file"))
        self.fields["record"].choices = [  # type: ignore[attr-defined]
            ("", gettext("an error: each row has to say")), *words.record_choices()
        ]  # fmt: skip
        for column in held:
            self.fields[f"column-{column.index}"] = forms.ChoiceField(
                label=column.heading or gettext("Column %(letter)s") % {"letter": column.letter},
                choices=[nothing, *((value, str(label)) for value, label in Column.choices)],
                required=False,
            )

    @property
    def pairs(self) -> list[tuple[Held, forms.BoundField]]:
        return [(column, self[f"column-{column.index}"]) for column in self.held]

    @property
    def chosen(self) -> dict[int, str]:
        given = {column.index: self.cleaned_data[f"column-{column.index}"] for column in self.held}
        return {index: field for index, field in given.items() if field}

    def clean(self) -> dict[str, Any]:
        chosen = list(self.chosen.values()) if not self.errors else []
        for field in rules.FIELDS:
            if chosen.count(field) > 1:
                self.add_error(None, gettext("Two columns are said to hold “%(field)s”. Choose one of them.") % {"field": Column(field).label})  # noqa: E501  # fmt: skip
        if not self.errors and rules.PARTNER not in chosen and rules.INSTITUTION not in chosen:
            self.add_error(None, gettext("Say which column names the partner."))
        return self.cleaned_data


class AnswersForm(forms.Form):
    """One choice per name or word nobody knows; leaving it open keeps its rows out for now."""

    def __init__(self, *args: Any, asked: Sequence[Asked], **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked
        for number, question in enumerate(asked):
            self.fields[f"answer-{number}"] = forms.ChoiceField(
                label=self._label(question), choices=self._choices(question), required=False
            )
            if question.what == "city":
                self.fields[f"other-{number}"] = forms.CharField(
                    label=gettext("Another name for it"), required=False, max_length=200
                )

    @staticmethod
    def _label(question: Asked) -> str:
        said = f"{question.said} ({question.country})" if question.country else question.said
        rows = ngettext("%(count)d row", "%(count)d rows", question.rows) % {"count": question.rows}
        return f"{said}: {rows}"

    @staticmethod
    def _choices(question: Asked) -> list[Any]:
        first = [("", gettext("not answered yet")), (LEFT_OUT, gettext("leave these rows out"))]
        if question.what == "word":
            return [*first, *words.record_choices()]
        return [*first, *((place.key, words.place_words(place)) for place in question.candidates)]

    @property
    def questions(self) -> list[tuple[Asked, forms.BoundField, forms.BoundField | None]]:
        return [
            (question, self[f"answer-{number}"], self[f"other-{number}"] if question.what == "city" else None)
            for number, question in enumerate(self.asked)
        ]

    def clean(self) -> dict[str, Any]:
        self.cities: dict[str, str] = {}
        self.words: dict[str, str] = {}
        for number, question in enumerate(self.asked):
            given = self.cleaned_data.get(f"answer-{number}", "")
            name = self.cleaned_data.get(f"other-{number}", "")
            if name and not given:
                given = self._named(number, name, question.country)
            if given:
                (self.cities if question.what == "city" else self.words)[question.key] = given
        return self.cleaned_data

    def _named(self, number: int, name: str, country: str) -> str:
        try:
            return find(name, country=country or None).key
        except AmbiguousCity:
            self.add_error(f"other-{number}", gettext("Several places have this name; add it in another spelling."))
        except UnknownCity:
            self.add_error(f"other-{number}", gettext("No city of this name is known; try its English name."))
        return ""


class EnterForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("How the office stands to these entries"),
        choices=[
            ("accepted", _("They are right: they count from now on")),
            ("open", _("Still to be checked: they wait among the open statements")),
        ],
        initial="accepted", widget=forms.RadioSelect,
    )  # fmt: skip


class UndoForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it taken back?"), max_length=300, help_text=_("The reason stays with every entry.")
    )
    seen = forms.BooleanField(label=_("Take it back all the same; what others have done since stays"))

    def __init__(self, *args: Any, built_on: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not built_on:
            del self.fields["seen"]


def columns_initial(fields: Mapping[str, str]) -> dict[str, str]:
    return {f"column-{index}": field for index, field in fields.items()}
