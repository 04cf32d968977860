"""Reading papers: which a case is offered, how each stands, letterheads, letter numbers and their gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext, override

from kembar.cities.models import Office
from kembar.papers import rules
from kembar.papers.compose import Composed, Lack, compose
from kembar.papers.fields import FIELDS
from kembar.papers.known import known_of, language_words, numbered, second_languages
from kembar.papers.models import Detail
from kembar.papers.models import Letterhead as Letterhead  # pages name its type, never its table
from kembar.papers.models import LetterNumber as LetterNumber
from kembar.papers.models import NumberScheme as NumberScheme
from kembar.papers.models import Produced as Produced
from kembar.papers.shipped import papers
from kembar.papers.text import PaperText
from kembar.procedure.queries import cases
from kembar.procedure.queries.cases import Case
from kembar.web.locales import LOCALES


class NoSuchPaper(Exception):
    """No paper of this code fits a case of this kind."""


class NoSuchNumber(Exception):
    """This office has given no such number."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that a case can have. `wanted`: a step that is open now asks for it."""

    text: PaperText
    wanted: bool
    number: LetterNumber | None
    produced: Sequence[Produced]

    @property
    def name(self) -> str:
        return in_words(self.text.name)


def in_words(words: Any) -> str:
    """In the language of the page, else in English, else in Indonesian."""
    return str(words.get((get_language() or "id")[:2]) or words.get("en") or words["id"])


def fitting(case: Case) -> list[PaperText]:
    """The papers a case of this kind can need, in the order of the road."""
    return [text for text in papers().values() if not text.kinds or case.kind in text.kinds]


def paper(code: str, *, case: Case) -> PaperText:
    """Raises NoSuchPaper."""
    found = next((text for text in fitting(case) if text.code == code), None)
    if found is None:
        raise NoSuchPaper(code)
    return found


def offers(case: Case) -> list[Offer]:
    """Every paper of a case with what became of it; those that an open step asks for first."""
    road, runs = cases.road_of(case), cases.runs_of([case]).get(case.pk, [])
    now = {step.code for step in cases.open_steps(case, runs=runs, road=road)} if not case.over_on else set()
    numbers = {one.paper: one for one in LetterNumber.objects.filter(case=case, voided_at=None).order_by("id")}
    made: dict[str, list[Produced]] = {}
    for one in produced_of(case):
        made.setdefault(one.paper, []).append(one)
    found = [
        Offer(text, bool(now & set(text.steps)), numbers.get(text.code), made.get(text.code, []))
        for text in fitting(case)
    ]
    return sorted(found, key=lambda offer: not offer.wanted)


def wanted_now(case: Case) -> list[Offer]:
    return [offer for offer in offers(case) if offer.wanted]


def produced_of(case: Case) -> QuerySet[Produced]:
    """What was produced for a case, the newest first, with its documents."""
    return Produced.objects.filter(case=case).select_related("docx__file", "pdf__file").order_by("-id")


def number_of(case: Case, *, paper: str) -> LetterNumber | None:
    return LetterNumber.objects.filter(case=case, paper=paper, voided_at=None).first()


def details_of(case: Case) -> dict[tuple[str, str], str]:
    """(field, language) → what was filled in."""
    return {
        (one.code, one.language): one.text for one in Detail.objects.filter(case=case).exclude(text="").order_by("id")
    }


def columns_of(text: PaperText, *, case: Case) -> list[str]:
    """Languages its second column may have, the most fitting first: the partner's where the text has it."""
    if not text.column:
        return []
    found = second_languages(case)
    return sorted(found, key=lambda code: code[:2] not in text.languages)


def label(code: str, *, language: str) -> str:
    """What to call a field in the language of a column; English where the product does not speak it."""
    with override(language if language in LOCALES else "en"):
        field = FIELDS.get(code)
        return str(field.label) if field else code


def composed(text: PaperText, *, case: Case, column: str, on: date) -> Composed:
    """The paper as it would be produced now."""
    languages = ("id", column) if text.column else ("id",)
    known = numbered(known_of(case, languages=languages, on=on), number_of(case, paper=text.code))
    foot = f"{text.name['id']} · {text.code}@{text.version} · {case.key}"
    found = compose(
        text,
        known,
        languages=languages,
        label=lambda code, spoken: label(code, language=spoken),
        foot=foot if text.shape != "letter" else "",
    )
    return Composed(found.document, tuple(dict.fromkeys(_once(lack) for lack in found.lacks)))


def _once(lack: Lack) -> Lack:
    """What one answer fills in every column is missing once."""
    field = FIELDS.get(lack.code)
    apart = lack.code == "text" or (field is not None and field.several)
    return lack if apart else Lack(lack.code, "id")


def lack_words(lack: Lack) -> str:
    """A blank as the page tells of it: the field, and in which language where it is not the paper's own."""
    field = FIELDS.get(lack.code)
    name = str(field.label) if field else lack.code
    if lack.language == "id":
        return name
    language = language_words(lack.language, (get_language() or "id").lower())
    return gettext("%(field)s (%(language)s)") % {"field": name, "language": language}


# --- letterhead and numbers -------------------------------------------------------------------------------------------


def letterheads(office_id: int) -> dict[str, Letterhead]:
    rows = Letterhead.objects.filter(office_id=office_id).select_related("picture").order_by("id")
    return {row.whose: row for row in rows}


def scheme_of(office: Office) -> NumberScheme:
    """How the office numbers its letters; the usual way, not saved, where nobody has said."""
    return NumberScheme.objects.filter(office=office).first() or NumberScheme(office=office)


def plain(scheme: NumberScheme) -> rules.Scheme:
    return rules.Scheme(scheme.pattern, scheme.unit, scheme.digits)


def numbers(office_id: int, *, year: int | None = None) -> QuerySet[LetterNumber]:
    """The numbers of one year, or of all, the newest year and the highest first."""
    rows = LetterNumber.objects.filter(office_id=office_id)
    rows = rows if year is None else rows.filter(year=year)
    return rows.select_related("case").order_by("-year", "-serial")


def number(number_id: int, *, office_id: int) -> LetterNumber:
    """Raises NoSuchNumber."""
    found = LetterNumber.objects.filter(pk=number_id, office_id=office_id).select_related("case").first()
    if found is None:
        raise NoSuchNumber(number_id)
    return found


def years(office_id: int) -> list[int]:
    """The years in which numbers were given, the newest first."""
    rows = LetterNumber.objects.filter(office_id=office_id).order_by("-year").values_list("year", flat=True)
    return list(rows.distinct())


def gaps(office_id: int, *, year: int) -> list[tuple[int, int]]:
    """Runs of serials of that year that nobody here gave: (first, last)."""
    rows = LetterNumber.objects.filter(office_id=office_id, year=year).order_by("serial")
    return rules.gaps(list(rows.values_list("serial", flat=True)))


def next_serial(office_id: int, *, year: int) -> int:
    """One more than the highest given that year, voided ones too."""
    rows = LetterNumber.objects.filter(office_id=office_id, year=year).order_by("-serial")
    return (rows.values_list("serial", flat=True).first() or 0) + 1
