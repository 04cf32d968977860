"""What an officer hands in for a partner's file, and what they say of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from kembar.desk.forms.fields import DateField, TextField, carry_what_is_held
from kembar.files import rules
from kembar.files.store import largest
from kembar.lib.dates import parse_edtf
from kembar.partnerships.actions import LONGEST_TITLE, AttachmentFacts
from kembar.partnerships.states import AttachmentKind

_ENDINGS = ",".join(f".{ending}" for kind in rules.TAKEN for ending in kind.extensions)


class AboutForm(forms.Form):
    """What is said of a document on file."""

    title = TextField(
        label=gettext_lazy("Title"), max_length=LONGEST_TITLE, required=False,
        help_text=gettext_lazy("Left empty, it is the name of the file."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Kind of document"), choices=AttachmentKind.choices)
    date = DateField(label=gettext_lazy("Date of the document"))
    subject = forms.ChoiceField(label=pgettext_lazy("document in a file", "Belongs to"), required=False)
    opened_with = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, records: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        whole = ("", gettext("the file as a whole"))
        self.fields["subject"].choices = [whole, *records]  # type: ignore[attr-defined]
        carry_what_is_held(self)

    @property
    def own_fields(self) -> list[Any]:
        return list(self.visible_fields())

    @property
    def seen(self) -> int:
        return int(self.cleaned_data["opened_with"] or 0)

    def facts(self) -> AttachmentFacts:
        given = self.cleaned_data
        date = parse_edtf(given["date"]) if given["date"] else None
        return AttachmentFacts(kind=given["kind"], title=given["title"], date=date, subject=given["subject"])


class AttachForm(AboutForm):
    """A document that is handed in."""

    file = forms.FileField(
        label=gettext_lazy("File"), allow_empty_file=True, widget=forms.FileInput(attrs={"accept": _ENDINGS})
    )
    as_source = forms.BooleanField(
        label=gettext_lazy("Enter it as a source as well"), required=False,
        help_text=gettext_lazy("Statements can then rest on it, and everyone may read its title."),
    )  # fmt: skip
    field_order = ("file", "title", "kind", "date", "subject", "as_source")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].show_hidden_initial = False
        self.fields["file"].help_text = gettext(
            "PDF, Word, Excel, OpenDocument, picture or text; at most %(size)d MB."
        ) % {"size": largest() // (1024 * 1024)}
