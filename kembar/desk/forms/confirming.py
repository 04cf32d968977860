"""Whom to ask to confirm what; the answer on a signed sheet; the office's word on what came back; a translation."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from kembar.countersign.rules import ANSWER_WITHIN, LONGEST, SHORTEST
from kembar.countersign.states import Channel, Reply
from kembar.desk.forms.fields import DateField, TextField
from kembar.lib.dates import parse_edtf

Choices = Iterable[tuple[str, str]]


class AskForm(forms.Form):
    contact = forms.ChoiceField(label=gettext_lazy("Whom to ask"))
    channel = forms.ChoiceField(label=gettext_lazy("How"), choices=Channel, initial=Channel.LINK)
    language = forms.ChoiceField(
        label=gettext_lazy("In which language"), required=False,
        choices=[("", gettext_lazy("the one noted with the contact")), *settings.LANGUAGES],
    )  # fmt: skip
    within = forms.IntegerField(
        label=gettext_lazy("Answer wanted within (days)"), initial=ANSWER_WITHIN, min_value=SHORTEST, max_value=LONGEST,
        help_text=gettext_lazy("After that day the contact is asked once more, then the silence is shown here."),
    )  # fmt: skip
    promises = forms.MultipleChoiceField(
        label=gettext_lazy("Which promises"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("One letter and one code open them all."),
    )  # fmt: skip

    def __init__(self, *args: Any, contacts: Choices, promises: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["contact"].choices = list(contacts)  # type: ignore[attr-defined]
        self.fields["promises"].choices = list(promises)  # type: ignore[attr-defined]

    @property
    def own_fields(self) -> list[Any]:
        return list(self.visible_fields())


class SheetForm(forms.Form):
    """A signed sheet that came back."""

    scan = forms.FileField(label=gettext_lazy("The scan or photograph of the signed sheet"))
    reply = forms.ChoiceField(
        label=gettext_lazy("What the sheet says"), initial=Reply.CONFIRM,
        choices=[(reply.value, reply.label) for reply in (Reply.CONFIRM, Reply.DISPUTE)],
    )  # fmt: skip
    points = forms.MultipleChoiceField(label=gettext_lazy("About which promises"), widget=forms.CheckboxSelectMultiple)
    name = TextField(label=gettext_lazy("Who signed"), max_length=200)
    post = TextField(label=gettext_lazy("In which post"), max_length=400, required=False)
    signed_on = DateField(label=gettext_lazy("Date on the sheet"), required=True)
    words = TextField(
        label=gettext_lazy("What they object to"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, points: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["points"].choices = list(points)  # type: ignore[attr-defined]

    def clean_signed_on(self) -> date:
        day = parse_edtf(self.cleaned_data["signed_on"])
        if day.earliest is None or day.earliest != day.latest:
            raise ValidationError(gettext("Give the day, the month and the year."))
        return day.earliest

    @property
    def own_fields(self) -> list[Any]:
        return list(self.visible_fields())


class SettleForm(forms.Form):
    """What the office says to a dispute; may stay empty for what needs no words."""

    words = TextField(
        label=gettext_lazy("Your answer to the partner"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Write it in the partner’s language. It stands on the partner’s page, and a letter says that it is there."),  # noqa: E501
    )  # fmt: skip

    @property
    def own_fields(self) -> list[Any]:
        return list(self.visible_fields())


class TranslationForm(forms.Form):
    text = TextField(
        label=gettext_lazy("The translation"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    official = forms.BooleanField(
        label=gettext_lazy("This is the official text in this language"), required=False,
        help_text=gettext_lazy("Only where both sides have agreed on these very words."),
    )  # fmt: skip
    of_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, may_be_official: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_be_official:
            del self.fields["official"]

    @property
    def own_fields(self) -> list[Any]:
        return list(self.visible_fields())
