"""From a form of the desk to the action that enters a record: what each kind of record needs."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils.translation import gettext

from kembar.agreements import actions
from kembar.agreements import queries as agreements
from kembar.desk.forms.record import RecordForm
from kembar.desk.forms.source import office_statement
from kembar.desk.partner_file import paper_title
from kembar.desk.place import Place
from kembar.desk.saving import yours
from kembar.desk.words import attribute_words, partner_name, value_words
from kembar.partnerships.queries import Partnership
from kembar.sources.queries import document_choices


def shared_options(record: str, *, place: Place, file: Partnership, without: str = "") -> dict[str, Any]:
    """What the forms of a file offer to choose from."""
    options: dict[str, Any] = {
        "documents": document_choices(place.id, about=file.key),
        "statement": office_statement(place.name, place.today, place.actor.label),
        "papers": [],
    }
    if record in ("instrument", "approval"):
        options["papers"] = [(key, title) for key, title in paper_choices(file) if key != without]
    return options


def paper_choices(file: Partnership) -> list[tuple[str, str]]:
    """(instrument:7, its name and date) of every paper in a file."""
    return [
        (paper.key, f"{paper_title(paper.kind, paper.title)} · {value_words('date', paper.concluded.edtf)}"
         if paper.concluded else paper_title(paper.kind, paper.title))
        for paper in agreements.papers_of(file)
    ]  # fmt: skip


def entry_form(record: str, *, place: Place, file: Partnership, data: Any) -> RecordForm:
    options = shared_options(record, place=place, file=file)
    if record == "signature":
        home = place.office.local_government
        options["parties"] = [("partner", partner_name(file)), ("home", home.name_in("id"))]
    initial = {"origin": "known" if options["documents"] else "new"}
    return RecordForm(data, record=record, initial=initial, **options)


def _enter_paper(form: RecordForm, place: Place, file: Any, codes: Collection[str]) -> None:
    parent = form.cleaned_data.get("paper")
    actions.record_paper(
        by=place.actor, partnership=file, kind=form.cleaned_data["kind"], source=form.source(), values=form.values(),
        parent=agreements.paper(parent, office_id=place.id) if parent else None, confirmed=codes,
    )  # fmt: skip


def _enter_approval(form: RecordForm, place: Place, file: Any, codes: Collection[str]) -> None:
    paper = form.cleaned_data.get("paper")
    actions.record_approval(
        by=place.actor, partnership=file, kind=form.cleaned_data["kind"], source=form.source(), values=form.values(),
        instrument=agreements.paper(paper, office_id=place.id) if paper else None, confirmed=codes,
    )  # fmt: skip


def _enter_event(form: RecordForm, place: Place, file: Any, codes: Collection[str]) -> None:
    actions.record_event(by=place.actor, partnership=file, kind=form.cleaned_data["kind"], source=form.source(),
                         values=form.values(), confirmed=codes)  # fmt: skip


def _enter_statement(form: RecordForm, place: Place, file: Any, codes: Collection[str]) -> None:
    counted = agreements.ordinal_of(file, on=place.today)
    actions.record_statement(by=place.actor, partnership=file, source=form.source(), values=form.values(),
                             counted=counted, confirmed=codes)  # fmt: skip


def _enter_signature(form: RecordForm, place: Place, paper: Any, codes: Collection[str]) -> None:
    home = form.cleaned_data["party"] == "home"
    party = place.office.local_government if home else paper.partnership.partner
    actions.record_signature(by=place.actor, instrument=paper, party=party, source=form.source(),
                             values=form.values(), confirmed=codes)  # fmt: skip


ENTERED: Mapping[str, Callable[[RecordForm, Place, Any, Collection[str]], None]] = {
    "instrument": _enter_paper,
    "approval": _enter_approval,
    "event": _enter_event,
    "partnership": _enter_statement,
    "signature": _enter_signature,
}


def overtaken_rows(form: RecordForm, held: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(field, what is on file now, what this officer typed) where the two differ."""
    typed = form.values()
    return [
        (attribute_words(name), shown(name, held.get(name, "")), yours(form, name, shown(name, value)))
        for name, value in typed.items()
        if value != held.get(name, "")
    ]


def shown(attribute: str, value: str) -> str:
    return value_words(attribute, value) if value else gettext("not known")


def record_title(key: str, place: Place) -> str:
    """How a page names the record it is about."""
    row: Any = agreements.record(key, office_id=place.id)
    kind = key.partition(":")[0]
    if kind == "signature":
        return str(row.party.english_name)
    if kind == "partnership":
        return partner_name(row)
    if kind == "event":
        return str(row.title)
    return paper_title(row.kind, getattr(row, "title", ""))
