"""What an officer hands in for a partner's file, and what they say of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from kembar.desk.forms.fields import DateField, FilesField, TextField, carry_what_is_held
from kembar.files import rules
from kembar.files.store import largest
from kembar.lib.dates import parse_edtf
from kembar.partnerships.actions import LONGEST, LONGEST_TITLE, AttachmentFacts
from kembar.partnerships.states import AttachmentKind, Signing

_SEVERAL = gettext_lazy("Several files of one paper can be chosen together; they are kept all or none.")
ENDINGS = ",".join(f".{ending}" for kind in rules.TAKEN for ending in kind.extensions)


class AboutForm(forms.Form):
    """What is said of a document on file."""

    title = TextField(
        label=gettext_lazy("Title"), max_length=LONGEST_TITLE, required=False,
        help_text=gettext_lazy("Left empty, it is the name of the file."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Kind of document"), choices=AttachmentKind.choices)
    date = DateField(label=gettext_lazy("Date of the document"))
    subject = forms.ChoiceField(label=pgettext_lazy("document in a file", "Belongs to"), required=False)
    number = TextField(label=gettext_lazy("Number of the paper"), max_length=LONGEST["number"], required=False)
    signing = forms.ChoiceField(
        label=pgettext_lazy("document in a file", "Signed"), choices=Signing.choices, required=False
    )
    signers = TextField(
        label=gettext_lazy("Who signed, in which capacity"), max_length=LONGEST["signers"], required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One person a line, such as: Muhammad Farhan, Mayor of Bandung."),
    )  # fmt: skip
    original_at = TextField(
        label=gettext_lazy("Where the original is kept"), max_length=LONGEST["original_at"], required=False
    )
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
        return AttachmentFacts(
            kind=given["kind"], title=given["title"], date=date, subject=given.get("subject", ""),
            number=given["number"], signing=given["signing"], signers=given["signers"],
            original_at=given["original_at"],
        )  # fmt: skip


class AttachForm(AboutForm):
    """A document that is handed in."""

    file = forms.FileField(
        label=gettext_lazy("File"), allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ENDINGS})
    )
    as_source = forms.BooleanField(
        label=gettext_lazy("Enter it as a source as well"), required=False,
        help_text=gettext_lazy("Statements can then rest on it, and everyone may read its title."),
    )  # fmt: skip
    field_order = ("file", "title", "kind", "date", "subject", "number", "signing", "signers", "original_at",
                   "as_source")  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].show_hidden_initial = False
        self.fields["file"].help_text = gettext(
            "PDF, Word, Excel, OpenDocument, picture or text; at most %(size)d MB."
        ) % {"size": largest() // (1024 * 1024)}


class PaperForm(AttachForm):
    """A paper that comes back onto a step of a case; with `replaces` in the place of one on file."""

    reason = TextField(
        label=gettext_lazy("Why the other file is replaced"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, replaces: bool, **options: Any) -> None:
        super().__init__(*args, records=(), **options)
        del self.fields["subject"], self.fields["as_source"]
        if replaces:
            return
        del self.fields["reason"]
        one = self.fields["file"]
        several = FilesField(label=gettext("Files"), allow_empty_file=True, help_text=f"{one.help_text} {_SEVERAL}")
        several.widget.attrs["accept"] = ENDINGS
        self.fields["file"] = several
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if isinstance(given.get("file"), list) and len(given["file"]) > 1 and given.get("title"):
            self.add_error("title", gettext("Several files keep their own names: leave the title empty."))
        return given

    @property
    def uploads(self) -> list[Any]:
        found = self.cleaned_data["file"]
        return found if isinstance(found, list) else [found]
