"""What an officer says of contacts of the other side and of holders of public office."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from kembar.desk.forms.fields import DateField, TextField, carry_what_is_held
from kembar.lib.dates import EdtfDate, parse_edtf
from kembar.people.actions.contacts import Reach
from kembar.people.actions.holders import Term
from kembar.people.actions.records import Version
from kembar.people.states import Capacity

_TERM_HINT = gettext_lazy("For example 20 February 2025, 2018, before 2013. Leave it empty when it is not known.")


def _date(text: str) -> EdtfDate | None:
    return parse_edtf(text) if text else None


class _RecordForm(forms.Form):
    """The fields of a record, and which version of it the form was opened on."""

    opened_with = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        carry_what_is_held(self)

    @property
    def own_fields(self) -> list[Any]:
        return list(self.visible_fields())

    @property
    def seen(self) -> Version:
        return Version(self.cleaned_data["opened_with"] or 0)


class ContactForm(_RecordForm):
    name = TextField(label=gettext_lazy("Name"), max_length=200)
    post = TextField(label=gettext_lazy("Post"), max_length=200, required=False)
    organisation = TextField(label=gettext_lazy("Office or organisation"), max_length=200, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254, required=False)
    phone = TextField(
        label=gettext_lazy("Phone"), max_length=60, required=False,
        help_text=gettext_lazy("With the country code, for example +82 for Korea."),
    )  # fmt: skip
    chat = TextField(
        label=gettext_lazy("Chat"), max_length=120, required=False,
        help_text=gettext_lazy("The service and the name there, for example KakaoTalk: the name."),
    )  # fmt: skip
    language = TextField(label=gettext_lazy("Language to write in"), max_length=35, required=False)
    since = DateField(label=gettext_lazy("In this post since"), help_text=_TERM_HINT)
    until = DateField(label=gettext_lazy("In this post until"), help_text="")
    note = TextField(
        label=gettext_lazy("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Nobody outside your office reads it."),
    )  # fmt: skip

    def reach(self) -> Reach:
        given = self.cleaned_data
        same = ("name", "post", "organisation", "email", "phone", "chat", "language", "note")
        return Reach(
            **{field: given[field] for field in same}, since=_date(given["since"]), until=_date(given["until"])
        )


class HolderForm(_RecordForm):
    party = forms.ChoiceField(label=pgettext_lazy("holder of a public office", "Government"))
    person = TextField(label=gettext_lazy("Name"), max_length=200)
    post = TextField(
        label=gettext_lazy("Post"), max_length=200, help_text=gettext_lazy("For example Mayor, Head of the agency.")
    )
    capacity = forms.ChoiceField(label=gettext_lazy("In which capacity"), choices=Capacity.choices, required=False)
    since = DateField(label=gettext_lazy("In office since"), help_text=_TERM_HINT)
    until = DateField(label=gettext_lazy("Last day in office"), help_text="")

    def __init__(self, data: Any, *, parties: Iterable[tuple[str, str]] | None, **options: Any) -> None:
        """`parties`: None where the government is settled."""
        super().__init__(data, **options)
        if parties is None:
            del self.fields["party"]
        else:
            self.fields["party"].choices = list(parties)  # type: ignore[attr-defined]

    def term(self) -> Term:
        given = self.cleaned_data
        return Term(
            person=given["person"], post=given["post"], capacity=given["capacity"],
            since=_date(given["since"]), until=_date(given["until"]),
        )  # fmt: skip


class ReasonForm(forms.Form):
    reason = TextField(
        label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It is kept with the entry. Do not write about the private life of the person."),
    )  # fmt: skip

    @property
    def own_fields(self) -> list[Any]:
        return list(self.visible_fields())
