"""Papers, signatures, approvals, events and statements: one field per attribute a claim can state of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kembar.agreements.claims_file import scope_of, term_of
from kembar.agreements.states import DATES, OF_RECORD, WORDS, ApprovalKind, Attribute, InstrumentKind, Mode
from kembar.desk.forms.fields import DateField, ItemsField, LengthField, TextField, carry_what_is_held
from kembar.desk.forms.source import SourceForm
from kembar.desk.words import attribute_words
from kembar.partnerships.states import EventKind

FROM_EFFECTIVE = " from the effective date"
KINDS = {"instrument": InstrumentKind, "approval": ApprovalKind, "event": EventKind}
_FIRST_DATES = (Attribute.CONCLUDED, Attribute.DATE, Attribute.SINCE)
_LONG = (Attribute.CONDITIONS, Attribute.WHY)


def _field(attribute: Attribute, record: str, papers: Sequence[tuple[str, str]]) -> forms.Field:
    label = attribute_words(attribute).capitalize()
    if attribute in DATES:
        # How dates are written is said once, at the first of them.
        return DateField(label=label) if attribute in _FIRST_DATES else DateField(label=label, help_text="")
    if attribute in (Attribute.TERM, Attribute.NOTICE):
        return LengthField(label=label)
    if attribute is Attribute.SCOPE:
        return ItemsField(label=label, widget=forms.Textarea(attrs={"rows": 4}))
    if attribute is Attribute.SUPERSEDES:
        return forms.ChoiceField(label=label, required=False, choices=[("", "–"), *papers])
    if attribute is Attribute.MODE:
        choices = [("", "–"), *[choice for choice in Mode.choices if choice[0] != Mode.NOT_KNOWN]]
        return forms.ChoiceField(label=label, required=False, choices=choices)
    if attribute in (Attribute.COPIES, Attribute.ORDINAL):
        return forms.RegexField(r"^\d{1,5}$", label=label, required=False, max_length=5)
    longest = WORDS[record].get(attribute, 4000)
    widget = forms.Textarea(attrs={"rows": 3}) if attribute in _LONG else forms.TextInput()
    return TextField(label=label, required=False, max_length=longest, widget=widget)


class RecordForm(SourceForm):
    """What a source says of one record. `record` is instrument, signature, approval, event or partnership."""

    def __init__(
        self,
        *args: Any,
        record: str,
        papers: Sequence[tuple[str, str]] = (),
        parties: Sequence[tuple[str, str]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        own: dict[str, forms.Field] = {}
        if record in KINDS:
            own["kind"] = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS[record].choices)
        if parties:
            own["party"] = forms.ChoiceField(label=gettext_lazy("Whose signature"), choices=parties)
        if record in ("instrument", "approval"):
            label = gettext_lazy("Belongs to the paper")
            own["paper"] = forms.ChoiceField(label=label, required=False, choices=[("", "–"), *papers])
        self.attributes = [attribute.value for attribute in OF_RECORD[record]]
        for attribute in OF_RECORD[record]:
            own[attribute.value] = _field(attribute, record, papers)
            if attribute is Attribute.TERM and record == "instrument":
                label = gettext_lazy("The term is counted from entry into force")
                own["from_effective"] = forms.BooleanField(label=label, required=False)
        self.fields = own | self.fields

    def values(self) -> dict[str, str]:
        """Attribute → canonical text, as the actions take them."""
        found = {name: self.cleaned_data.get(name) or "" for name in self.attributes}
        if found.get("term") and self.cleaned_data.get("from_effective"):
            found["term"] += FROM_EFFECTIVE
        return found


class AmendForm(RecordForm):
    """The same fields with what the register holds, and why the earlier statement gives way."""

    def __init__(self, *args: Any, held: Mapping[str, str], **options: Any) -> None:
        self.held = held
        term, from_effective, _ = term_of(held.get("term", ""))
        initial = {**held, "from_effective": from_effective, "term": term}
        super().__init__(*args, initial=initial, **options)
        for name in ("kind", "paper", "party"):
            self.fields.pop(name, None)
        carry_what_is_held(self)
        for name in self.SOURCE_FIELDS:
            self.fields[name].show_hidden_initial = False
        self.fields["reason"] = TextField(
            label=gettext_lazy("Why is the earlier statement not right?"),
            help_text=gettext_lazy("Kept beside the earlier statement for everyone who looks it up later."),
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields["opened_with"] = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def values(self) -> dict[str, str]:
        """As typed; where only the spelling of a term or a list differs from what is on file, as on file."""
        found = super().values()
        for name, read in _ALIKE.items():
            if name in found and read(found[name]) == read(self.held.get(name, "")):
                found[name] = self.held.get(name, "")
        return found


_ALIKE: Mapping[str, Callable[[str], object]] = {"term": lambda text: term_of(text)[:2], "scope": scope_of}


class ReasonForm(forms.Form):
    """One reason in words."""

    reason = TextField(label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class VoidForm(ReasonForm):
    opened_with = forms.CharField(widget=forms.HiddenInput, max_length=16)


class MergeForm(ReasonForm):
    """Which of the others is the one to keep."""

    into = forms.ChoiceField(label=gettext_lazy("Keep this one"))
    field_order = ("into", "reason")

    def __init__(self, *args: Any, others: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].choices = others  # type: ignore[attr-defined]
