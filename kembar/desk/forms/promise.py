"""What an officer says of a promise: its words and dates, who answers for it, what became of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from kembar.commitments.actions import Keepers, Outcome, Promised
from kembar.commitments.content import LETS_FALL
from kembar.commitments.rules import POST
from kembar.commitments.states import Modality, Side
from kembar.desk.forms.fields import DateField, LengthField, TextField, carry_what_is_held
from kembar.desk.forms.source import SourceForm
from kembar.lib.dates import EdtfDate, parse_edtf
from kembar.sources.queries import Document

Choices = Iterable[tuple[str, str]]
_WHO = [("", gettext_lazy("not known yet")), *Side.choices]


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _date(text: str) -> EdtfDate | None:
    return parse_edtf(text) if text else None


class KeepersForm(forms.Form):
    """Owner and deputy: a member of the office, or a post of our side by its name.

    `asks`: both are needed here, each in one of its two fields, so that none of the four is called optional.
    """

    asks = True
    owner = forms.ChoiceField(
        label=gettext_lazy("Owner"), required=False,
        help_text=gettext_lazy("A member of the office. For a promise of the partner: who follows it up."),
    )  # fmt: skip
    owner_post = TextField(
        label=gettext_lazy("or a post or unit as owner"), max_length=190, required=False,
        help_text=gettext_lazy("For example Dinas Pendidikan."),
    )  # fmt: skip
    deputy = forms.ChoiceField(
        label=gettext_lazy("Deputy"), required=False,
        help_text=gettext_lazy("Takes over when the owner is away; somebody else than the owner."),
    )  # fmt: skip
    deputy_post = TextField(label=gettext_lazy("or a post or unit as deputy"), max_length=190, required=False)
    side = forms.ChoiceField(label=gettext_lazy("Who promised"), choices=_WHO, required=False)
    opened_with = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, data: Any, *, keepers: Choices, initial: Mapping[str, Any], **options: Any) -> None:
        initial = dict(initial)
        for name in ("owner", "deputy"):
            if str(initial.get(name, "")).startswith(POST):
                initial[f"{name}_post"] = initial.pop(name).removeprefix(POST)
        super().__init__(data, initial=initial, **options)
        offered = [("", gettext("Choose …")), *keepers]
        for name in ("owner", "deputy"):
            held = initial.get(name, "")
            gone = [(held, gettext("no longer in the office"))] if held and held not in dict(offered) else []
            self.fields[name].choices = offered + gone  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("owner", "deputy") if self.asks else ():
            if not given.get(name) and not given.get(f"{name}_post"):
                self.add_error(name, gettext("Choose a member of the office, or name a post of our side."))
        return given

    def keepers(self) -> Keepers:
        given = self.cleaned_data
        owner, deputy = (
            f"{POST}{given[f'{name}_post']}" if given[f"{name}_post"] else given[name] for name in ("owner", "deputy")
        )
        return Keepers(owner=owner, deputy=deputy, side=given.get("side", ""))

    @property
    def own_fields(self) -> list[Any]:
        return list(self.visible_fields())

    @property
    def lets_fall(self) -> str:
        """The fields a change of which lets the partner's confirmation fall, by their labels."""
        return " · ".join(str(field.label) for field in self.own_fields if field.name in LETS_FALL)

    @property
    def seen(self) -> int:
        return int(self.cleaned_data["opened_with"] or 0)


class FileKeepersForm(KeepersForm):
    """Who answers for a partner; `opened_with` is what `file.keepers` was."""

    asks = False
    side = None  # type: ignore[assignment]
    opened_with = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)  # type: ignore[assignment]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].help_text = gettext("A member of the office; or name a post below, which stays when its holder changes.")  # noqa: E501  # fmt: skip


class PromiseForm(KeepersForm):
    """Everything known of a promise."""

    asks = False
    what = TextField(label=gettext_lazy("What is promised, in short"), max_length=2000, widget=_lines(2))
    language = forms.ChoiceField(
        label=gettext_lazy("in which language"), required=False,
        choices=[("", gettext_lazy("that of the source")), *settings.LANGUAGES],
        help_text=gettext_lazy("The language of the words above: from it the others are translated."),
    )  # fmt: skip
    sentence = TextField(
        label=gettext_lazy("The sentence that proves it"), max_length=2000, widget=_lines(3),
        help_text=gettext_lazy("Only this sentence is kept of the source, and shown to everyone with the promise."),
    )  # fmt: skip
    made_on = DateField(label=gettext_lazy("Promised on"))
    due = DateField(label=gettext_lazy("Due"), help_text=gettext_lazy("A year or a month is enough: overdue after it."))
    actor = TextField(label=gettext_lazy("Who promised, as the source names them"), max_length=200, required=False)
    counterpart = TextField(label=gettext_lazy("To whom"), max_length=200, required=False)
    modality = forms.ChoiceField(label=gettext_lazy("How firmly"), choices=Modality.choices)
    paper = forms.ChoiceField(label=gettext_lazy("Paper or plan it belongs to"), required=False)
    conditional = forms.BooleanField(label=gettext_lazy("Only under a condition"), required=False)
    condition_met = DateField(label=gettext_lazy("The condition was met on"), help_text="")
    recurring = forms.BooleanField(label=gettext_lazy("Recurs"), required=False)
    every = LengthField(label=gettext_lazy("Recurs every"), help_text=gettext_lazy("For example 1 year, 6 months."))
    shown_unconfirmed = forms.BooleanField(
        label=gettext_lazy("Show it to everyone although the partner has not confirmed it"), required=False,
        help_text=gettext_lazy("Promises of our own side are shown as soon as they are accepted."),
    )  # fmt: skip
    ORDER = (
        "what", "sentence", "language", "side", "actor", "counterpart", "made_on", "due", "modality", "paper", "owner",
        "owner_post", "deputy", "deputy_post", "conditional", "condition_met", "recurring", "every",
        "shown_unconfirmed",
    )  # fmt: skip

    def __init__(self, *args: Any, papers: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["paper"].choices = [("", gettext("none")), *papers]  # type: ignore[attr-defined]
        carry_what_is_held(self)

    @property
    def own_fields(self) -> list[Any]:
        return [self[name] for name in self.ORDER]

    def promised(self) -> Promised:
        given, keepers = self.cleaned_data, self.keepers()
        same = ("what", "language", "sentence", "side", "actor", "counterpart", "modality", "paper", "conditional",
                "recurring", "every", "shown_unconfirmed")  # fmt: skip
        return Promised(
            **{name: given[name] for name in same}, owner=keepers.owner, deputy=keepers.deputy,
            made_on=_date(given["made_on"]), due=_date(given["due"]), condition_met=_date(given["condition_met"]),
        )  # fmt: skip


class NewPromiseForm(PromiseForm, SourceForm):
    """A promise by hand, with its source. The sentence takes the place of the words of the source."""

    SOURCE_FIELDS = ("origin", "document", "new_title", "new_publisher", "new_published", "new_address", "new_kind")
    said = None  # type: ignore[assignment]
    decision = None  # type: ignore[assignment]


class OutcomeForm(forms.Form):
    """What became of it; each deed takes the fields it needs."""

    asks = False
    on = DateField(label=gettext_lazy("When"), required=True)
    evidence = TextField(
        label=gettext_lazy("What shows it"), max_length=2000, widget=_lines(3),
        help_text=gettext_lazy("A report, a photograph, a receipt: what it is and where it lies."),
    )  # fmt: skip
    document = forms.ChoiceField(label=gettext_lazy("Source on file that shows it"), required=False)
    reason = TextField(
        label=gettext_lazy("Reason"), max_length=2000, widget=_lines(3),
        help_text=gettext_lazy("It is shown to everyone with the promise."),
    )  # fmt: skip
    opened_with = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    NEEDED = {
        "start": (), "keep": ("on", "evidence", "document"), "keep-round": ("on", "evidence", "document"),
        "keep-partly": ("on", "evidence", "document", "reason"), "drop": ("on", "reason"), "reopen": ("reason",),
        "void": ("reason",),
    }  # fmt: skip

    def __init__(self, *args: Any, deed: str, documents: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(str(number), title) for number, title in documents]
        self.fields["document"].choices = [("", gettext("none")), *offered]  # type: ignore[attr-defined]
        for name in [name for name in self.fields if name not in (*self.NEEDED[deed], "opened_with")]:
            del self.fields[name]
        if deed in ("reopen", "void"):
            self.fields["reason"].help_text = gettext("It stays in the history of the promise.")

    @property
    def own_fields(self) -> list[Any]:
        return list(self.visible_fields())

    @property
    def seen(self) -> int:
        return int(self.cleaned_data["opened_with"])

    @property
    def day(self) -> EdtfDate:
        return parse_edtf(self.cleaned_data["on"])

    def outcome(self, documents: Any) -> Outcome:
        """`documents`: gives the source on file by its number."""
        number = self.cleaned_data["document"]
        document: Document | None = documents(int(number)) if number else None
        return Outcome(on=self.day, evidence=self.cleaned_data["evidence"], document=document)
