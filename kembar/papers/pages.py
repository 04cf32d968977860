"""What each page of papers shows, ready for its template."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy

from kembar.access.permissions import Actor, Permission, may
from kembar.cities.models import Office
from kembar.papers import actions, markup, pdf, queries
from kembar.papers.compose import Known, Lack, said_in
from kembar.papers.fields import FIELDS
from kembar.papers.forms import REFUSED, NumberForm, PaperForm, name_of
from kembar.papers.known import known_of, language_words
from kembar.papers.states import Whose
from kembar.papers.text import PaperText
from kembar.procedure.queries import cases
from kembar.procedure.queries.cases import Case
from kembar.web.dates import written_day


@dataclass(frozen=True, slots=True)
class Place:
    """The office as the frame of a page shows it."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A blank of a paper, where it is filled in, and what the link says."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Made:
    """One produced paper with its files; `pdf` is "" where none could be drawn."""

    row: queries.Produced
    docx: str
    pdf: str
    languages: str
    missing: int


@dataclass(frozen=True, slots=True)
class Line:
    """One paper of a case in the list."""

    offer: queries.Offer
    href: str
    made: list[Made]


def frame(office: Office, by: Actor) -> dict[str, Any]:
    city = office.local_government.name_in(get_language() or "id")
    return {
        "office": Place(gettext("Cooperation office of %(city)s") % {"city": city}, office.slug),
        "may_move": may(by, Permission.MOVE_CASES, office_id=office.pk),
        "may_set": may(by, Permission.SET_LETTERHEAD, office_id=office.pk),
    }


def case_address(case: Case) -> str:
    return reverse("desk:case", kwargs={"office": case.office.slug, "number": case.pk})


def address(case: Case, paper: str = "") -> str:
    given = {"office": case.office.slug, "number": case.pk}
    return reverse("papers:paper", kwargs=given | {"paper": paper}) if paper else reverse("papers:list", kwargs=given)


def list_page(case: Case, by: Actor) -> dict[str, Any]:
    lines = [
        Line(offer, address(case, offer.text.code), [made_of(one, case) for one in offer.produced])
        for offer in queries.offers(case)
    ]
    return frame(case.office, by) | {
        "case": case, "back": case_address(case), "lines": lines, "draws": pdf.is_possible(), "packages": pdf.PACKAGES,
    }  # fmt: skip


def made_of(row: queries.Produced, case: Case) -> Made:
    def link(number: int | None) -> str:
        given = {"office": case.office.slug, "partner": case.partnership.slug, "number": number}
        return reverse("desk:attachment", kwargs=given) if number else ""

    language = (get_language() or "id").lower()
    spoken = ", ".join(language_words(code, language) for code in row.languages.split())
    return Made(row, link(row.docx_id), link(row.pdf_id), spoken, len(row.missing.splitlines()))


def column_of(text: PaperText, case: Case, asked: str) -> str:
    """The language of the second column: the one asked for, else the most fitting; "" for a paper with one column."""
    offered = queries.columns_of(text, case=case)
    return asked if asked in offered else (offered[0] if offered else "")


def paper_form(text: PaperText, case: Case, column: str, data: Any = None) -> PaperForm:
    """What the record does not say of a paper; what it says is not asked again."""
    details = queries.details_of(case)
    languages = ("id", column) if column else ("id",)
    known = known_of(case, languages=languages, on=case.office.today())
    asked = [(code, "id") for code in text.fields if FIELDS[code].asked]
    if column and column[:2] in text.languages:  # where the text itself is missing, its fields are filled in there
        asked += [(code, column) for code, _ in asked if FIELDS[code].several]
    wanted = [one for one in asked if one in details or not _from_record(*one, known)]
    held = {name_of(code, language): words for (code, language), words in details.items()}
    usual = {code: FIELDS[code].usual for code in text.fields if FIELDS[code].usual}
    return PaperForm(data, asked=sorted(wanted, key=lambda one: text.fields.index(one[0])), initial=usual | held)


def _from_record(code: str, language: str, known: Known) -> bool:
    """Whether the record itself says it in that language, so that nobody is asked."""
    if FIELDS[code].usual:
        return False
    if code in known.lists:
        return all(said_in(item, language) for item in known.lists[code])
    return bool(said_in(known.texts.get(code, {}), language))


def paper_page(
    text: PaperText, case: Case, by: Actor, *, column: str, form: PaperForm, numbers: NumberForm
) -> dict[str, Any]:
    made = queries.composed(text, case=case, column=column, on=case.office.today())
    language = (get_language() or "id").lower()
    lacks = missing(made.lacks, text=text, case=case, asked=set(form.fields))
    return frame(case.office, by) | {
        "case": case, "text": text, "name": queries.in_words(text.name),
        "note": queries.in_words(text.note or {"id": ""}), "source": queries.in_words(text.source or {"id": ""}),
        "form": form, "numbers": numbers, "number": queries.number_of(case, paper=text.code), "column": column,
        "columns": [(code, language_words(code, language)) for code in queries.columns_of(text, case=case)],
        "preview": preview(made.document), "missing": lacks, "back": case_address(case), "all": address(case),
        "made": [made_of(one, case) for one in queries.produced_of(case) if one.paper == text.code],
        "draws": pdf.is_possible(), "packages": pdf.PACKAGES, "wide": True,
        "whole_in_column": not column or column[:2] in text.languages,
    }  # fmt: skip


def preview(document: Any) -> SafeString:
    """`markup` escapes every word of the record, so what it makes may stand in the page as it is."""
    return mark_safe(markup.body_of(document, level=2))


def missing(lacks: tuple[Lack, ...], *, text: PaperText, case: Case, asked: set[str]) -> list[Missing]:
    return [Missing(queries.lack_words(lack), _where(lack, case=case, asked=asked)) for lack in lacks]


def _where(lack: Lack, *, case: Case, asked: set[str]) -> str:
    """Where a blank is filled in; "" where it is filled in in the file itself."""
    name = name_of(lack.code, lack.language)
    if name in asked:
        return f"#id_{name}"
    field = FIELDS.get(lack.code)
    where, _, step = (field.where if field else "").partition(":")
    office = case.office.slug
    party = {"holders": case.office.local_government_id, "partner_holders": case.partnership.partner_id}
    if where in party:
        return reverse("desk:name-holder", args=[office]) + f"?party={party[where]}"
    if where == "step":
        return _step(step, case)
    road = case.template
    return {
        "letterhead": reverse("papers:letterheads", args=[office]), "number": "#number",
        "checks": f"{case_address(case)}#checks", "case": case_address(case),
        "procedure": reverse("desk:procedure", args=[office, road.code, road.version]),
        "paper": reverse("desk:partner", args=[office, case.partnership.slug]),
    }.get(where, "")  # fmt: skip


def _step(code: str, case: Case) -> str:
    """The page that records a step while it is open; the case where it is not."""
    road, runs = cases.road_of(case), cases.runs_of([case]).get(case.pk, [])
    if any(step.code == code for step in cases.open_steps(case, runs=runs, road=road)):
        return reverse("desk:step-done", args=[case.office.slug, case.pk, code])
    return f"{case_address(case)}#road"


# --- letterheads and numbers ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HeadCard:
    whose: Whose
    row: queries.Letterhead | None


def heads_page(office: Office, by: Actor) -> dict[str, Any]:
    held = queries.letterheads(office.pk)
    return frame(office, by) | {
        "heads": [HeadCard(whose, held.get(whose.value)) for whose in Whose], "scheme": queries.scheme_of(office),
    }  # fmt: skip


def gap_words(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def taken_words(number: queries.LetterNumber) -> str:
    facts = {"number": number.text, "subject": number.subject, "day": written_day(number.day)}
    return gettext("%(number)s was given on %(day)s to: %(subject)s.") % facts


TOO_LATE = gettext_lazy("A colleague saved this letterhead first. Look at it again and send yours once more.")
TOO_MUCH = gettext_lazy(
    "This paper is too large to be drawn as a file. Shorten what was filled in, or settle promises that are done: "
    "the plan of action lists every open one. What you typed is saved."
)


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Runs the deed when the form is in order; what the action refuses is told beside its field."""
    if not form.is_valid():
        return False
    try:
        act()
    except actions.WrongPaper as error:
        form.add_error(error.field if error.field in form.fields else None, str(REFUSED[error.code]))
    except actions.NumberTaken as error:
        form.add_error("serial", taken_words(error.number))
    except actions.ChangedMeanwhile:
        form.add_error(None, str(TOO_LATE))
    return not form.errors
