"""Where what is typed comes from: the part that every form of the register has."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from kembar.agreements.actions import Source
from kembar.desk.forms.fields import DateField, TextField, carry_what_is_held
from kembar.lib.dates import parse_edtf
from kembar.sources.actions import DocumentFacts
from kembar.sources.queries import Document, version_of
from kembar.sources.states import Decision, DocumentKind
from kembar.web.dates import written_day

OFFICE, KNOWN, NEW = "office", "known", "new"


def office_statement(office: str, today: Any, actor: str) -> DocumentFacts:
    """The office's own word, one document a day."""
    title = gettext("Statement of the office, %(date)s") % {"date": written_day(today)}
    return DocumentFacts(
        title=title, publisher=office, published=parse_edtf(today.isoformat()), kind=DocumentKind.OFFICE
    )


class DocumentForm(forms.Form):
    """A source: only its title is needed."""

    title = TextField(label=gettext_lazy("Title"), max_length=300)
    publisher = TextField(label=gettext_lazy("Publisher"), max_length=200, required=False)
    published = DateField(label=gettext_lazy("Published"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind of source"), choices=DocumentKind.choices, initial="other")
    address = forms.URLField(label=gettext_lazy("Web address"), max_length=500, required=False, assume_scheme="https")
    language = TextField(label=gettext_lazy("Language (code such as id, en, ko)"), max_length=10, required=False)
    note = TextField(
        label=gettext_lazy("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    opened_with = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        carry_what_is_held(self)

    @property
    def own_fields(self) -> list[Any]:
        return list(self.visible_fields())

    def facts(self) -> DocumentFacts:
        given = self.cleaned_data
        return DocumentFacts(
            title=given["title"], publisher=given["publisher"], address=given["address"], kind=given["kind"],
            published=parse_edtf(given["published"]) if given["published"] else None, language=given["language"],
            note=given["note"],
        )  # fmt: skip


def held_of(document: Document) -> dict[str, str]:
    """What a form about a source on file begins with."""
    held = {
        name: str(getattr(document, name)) for name in ("title", "publisher", "kind", "address", "language", "note")
    }
    published = document.published.edtf if document.published else ""
    return held | {"published": published, "opened_with": version_of(document)}


class SourceForm(forms.Form):
    """Which document says it. Added to the fields of a record; `source()` gives what the actions take."""

    origin = forms.ChoiceField(
        label=gettext_lazy("Where does this come from?"),
        choices=[
            (OFFICE, gettext_lazy("Statement of the office")),
            (KNOWN, gettext_lazy("A source on file")),
            (NEW, gettext_lazy("A new source")),
        ],
        initial=KNOWN,
        widget=forms.RadioSelect,
    )
    document = forms.ChoiceField(label=gettext_lazy("Source on file"), required=False)
    new_title = TextField(label=gettext_lazy("Title of the new source"), max_length=300, required=False)
    new_publisher = TextField(label=gettext_lazy("Publisher"), max_length=200, required=False)
    new_published = DateField(label=gettext_lazy("Published"), help_text="")
    new_address = forms.URLField(
        label=gettext_lazy("Web address"), max_length=500, required=False, assume_scheme="https"
    )
    new_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of source"), choices=DocumentKind.choices, initial="press", required=False
    )
    said = TextField(
        label=gettext_lazy("The words of the source"),
        help_text=gettext_lazy(
            "Copied as they stand, with the weekday if there is one: it is checked against the date."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("What does the office hold of it?"),
        choices=[
            (Decision.ACCEPTED, gettext_lazy("Accept it now")),
            (Decision.OPEN, gettext_lazy("Only note it; decide later")),
        ],
        initial=Decision.ACCEPTED,
    )
    SOURCE_FIELDS: tuple[str, ...] = (
        "origin", "document", "new_title", "new_publisher", "new_published", "new_address", "new_kind", "said",
        "decision",
    )  # fmt: skip

    def __init__(
        self, *args: Any, documents: Iterable[tuple[int, str]], statement: DocumentFacts, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._statement = statement
        choices = [(str(number), title) for number, title in documents]
        self.fields["document"].choices = [("", gettext("Choose …")), *choices]  # type: ignore[attr-defined]
        self.order_fields([name for name in self.fields if name not in self.SOURCE_FIELDS] + list(self.SOURCE_FIELDS))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("origin") == KNOWN and not given.get("document") and "document" not in self.errors:
            self.add_error("document", ValidationError(gettext("Choose the source, or enter a new one.")))
        if given.get("origin") == NEW and not given.get("new_title") and "new_title" not in self.errors:
            self.add_error("new_title", ValidationError(gettext("Give the new source a title.")))
        return given

    def source(self) -> Source:
        given = self.cleaned_data
        facts = None
        if given["origin"] == OFFICE:
            facts = self._statement
        elif given["origin"] == NEW:
            published = parse_edtf(given["new_published"]) if given["new_published"] else None
            facts = DocumentFacts(
                title=given["new_title"], publisher=given["new_publisher"], published=published,
                address=given["new_address"], kind=given["new_kind"] or DocumentKind.OTHER,
            )  # fmt: skip
        number = int(given["document"]) if given["origin"] == KNOWN else None
        return Source(document_id=number, facts=facts, said=given.get("said", ""), decision=given.get("decision", ""))

    @property
    def own_fields(self) -> list[Any]:
        """The fields of the record, before those of its source."""
        return [field for field in self.visible_fields() if field.name not in (*self.SOURCE_FIELDS, "reason")]

    @property
    def new_fields(self) -> list[Any]:
        """What is asked of a source that is not on file yet."""
        return [self[name] for name in ("new_title", "new_publisher", "new_published", "new_address", "new_kind")]
