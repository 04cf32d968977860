"""What each page of the reader shows, ready for its template."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext

from kembar.access.permissions import Permission, may
from kembar.cities import queries as cities
from kembar.cities.models import Office
from kembar.commitments.queries import numbers_from
from kembar.intake import queries, words
from kembar.intake.doubts import doubts_of
from kembar.intake.forms import edit_form
from kembar.intake.marks import Mark, Piece, pieces
from kembar.intake.models import Draft, Text
from kembar.intake.states import DraftKind, DraftState, TextKind
from kembar.lib.tables import Column
from kembar.partnerships import queries as partnerships
from kembar.partnerships.models import Partnership
from kembar.web.entry import actor_of
from kembar.web.lists import Choice, Filter, ListPage, context

TEXTS = ListPage(
    filters=[
        Filter(
            "state",
            gettext_lazy("Drafts"),
            [Choice(queries.WAITING, gettext_lazy("some wait")), Choice(queries.SETTLED, gettext_lazy("all decided"))],
        ),
        Filter("kind", gettext_lazy("Kind of text"), [Choice(value, label) for value, label in TextKind.choices]),
        Filter("whose", gettext_lazy("By whom"), [Choice("mine", gettext_lazy("by me"))]),
    ],
    size=25,
)


@dataclass(frozen=True, slots=True)
class Place:
    """The office as the frame of the page shows it."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Card:
    """A draft as the officer decides on it."""

    draft: Draft
    title: str
    details: list[tuple[str, str]]
    quote: str
    is_question: bool
    is_waiting: bool
    form: forms.Form
    others: list[tuple[int, str]]
    merged_into: str
    decided_at: datetime | None
    promise: int | None = None  # its number in the ledger


@dataclass(frozen=True, slots=True)
class Group:
    """The drafts of one kind, those that wait first."""

    kind: str
    label: str
    cards: list[Card]

    @property
    def waiting(self) -> int:
        return sum(card.is_waiting for card in self.cards)

    @property
    def sure(self) -> int:
        return sum(card.is_waiting and not card.is_question for card in self.cards)


@dataclass(frozen=True, slots=True)
class Notice:
    """What came of a decision that could not be taken: the sentence, and what was typed (label, words)."""

    sentence: str
    draft: int = 0
    typed: list[tuple[str, str]] = field(default_factory=list)


def _frame(request: HttpRequest, office: Office) -> dict[str, object]:
    city = office.local_government.name_in(get_language() or "id")
    name = gettext("Cooperation office of %(city)s") % {"city": city}
    may_keep = may(actor_of(request), Permission.KEEP_REGISTER, office_id=office.pk)
    return {
        "office": Place(name, office.slug),
        "may_keep": may_keep,
    }


def _partner_names(files: Sequence[Partnership]) -> dict[int, str]:
    """The usual name of each counterpart in the language of the page."""
    language = (get_language() or "id")[:2]
    names = cities.usual_names({file.partner_id for file in files})
    return {
        file.pk: file.institution or names.get(file.partner_id, {}).get(language) or file.partner.english_name
        for file in files
    }


# --- the list -------------------------------------------------------------------------------------------------------


def list_page(request: HttpRequest, office: Office) -> dict[str, object]:
    listing = TEXTS.read(request.GET, path=request.path)
    chosen = listing.chosen
    rows = queries.listed(
        office.pk, search=listing.search, state=chosen.get("state", ""), kind=chosen.get("kind", ""),
        entered_by=actor_of(request).person_id if "whose" in chosen else None,
    )  # fmt: skip
    page = listing.page(list(rows[listing.bounds]))
    names = _partner_names([row.partnership for row in page.items if row.partnership is not None])
    shown = [(row, names.get(row.partnership_id or 0, ""), words.language_words(row.language)) for row in page.items]
    return context(listing, page) | {"shown": shown} | _frame(request, office)


# --- pasting --------------------------------------------------------------------------------------------------------


def paste_page(request: HttpRequest, office: Office, form: forms.Form, *, known: Text | None = None) -> dict[str, Any]:
    sentence = str(words.REFUSED["known"]) if known else ""
    return {"form": form, "known": known, "known_sentence": sentence} | _frame(request, office)


# --- reading --------------------------------------------------------------------------------------------------------


def reading_page(
    request: HttpRequest, office: Office, text: Text, *, notice: Notice | None = None
) -> dict[str, object]:
    drafts = list(queries.drafts_of(text))
    files = list(partnerships.files_of(office.pk))
    names = _partner_names(files)
    groups = groups_of(text, drafts)
    waiting = sum(draft.state == DraftState.WAITING for draft in drafts)
    return {
        "text": text,
        "language": words.language_words(text.language),
        "pieces": marked(text, drafts),
        "notes": [words.note(code) for code in text.reading.get("notes", [])],
        "doubts": doubts_of(text, drafts, slug=office.slug, today=office.today()),
        "groups": groups,
        "waiting": waiting,
        "decided": len(drafts) - waiting,
        "drafts": len(drafts),
        "files": sorted(((file.pk, names[file.pk]) for file in files), key=lambda row: row[1]),
        "partner": names.get(text.partnership_id or 0, ""),
        "partner_slug": text.partnership.slug if text.partnership else "",
        "notice": notice,
        "legend": [(kind, label) for kind, label in (*words.GROUPS.items(), ("country", gettext("Countries")))],
        "wide": True,
    } | _frame(request, office)


def groups_of(text: Text, drafts: Sequence[Draft]) -> list[Group]:
    """By kind in the order in which an officer settles them."""
    groups = []
    for kind, label in words.GROUPS.items():
        of_kind = [draft for draft in drafts if draft.kind == kind]
        of_kind.sort(key=lambda draft: (draft.state != DraftState.WAITING, draft.start, draft.end, draft.pk))
        if of_kind:
            promises = _promises(text, of_kind)
            cards = [_card(text, draft, of_kind, promises.get(f"draft:{draft.pk}")) for draft in of_kind]
            groups.append(Group(kind, str(label), cards))
    return groups


def _promises(text: Text, drafts: Sequence[Draft]) -> dict[str, int]:
    """What these drafts have become in the ledger; asked only where one was accepted."""
    found = [draft for draft in drafts if (draft.kind, draft.state) == (DraftKind.COMMITMENT, DraftState.ACCEPTED)]
    return numbers_from((f"draft:{draft.pk}" for draft in found), office_id=text.office_id) if found else {}


def _card(text: Text, draft: Draft, of_kind: Sequence[Draft], promise: int | None) -> Card:
    into = next((other for other in of_kind if other.pk == draft.merged_into_id), None)
    return Card(
        draft=draft,
        title=capfirst(words.title(draft.kind, draft.value)),
        details=words.details(draft.kind, draft.value),
        quote=" ".join(text.body[draft.proof_start : draft.proof_end].split()),
        is_question=draft.is_question,
        is_waiting=draft.state == DraftState.WAITING,
        form=edit_form(draft),
        others=[
            (other.pk, words.title(other.kind, other.value)[:120])
            for other in of_kind
            if other.pk != draft.pk and other.merged_into_id is None and other.state != DraftState.DROPPED
        ],
        merged_into=words.title(into.kind, into.value) if into else "",
        decided_at=draft.decided_at and draft.decided_at.astimezone(_zone(text)),
        promise=promise,
    )


def _zone(text: Text) -> ZoneInfo:
    """The clock of the office, whoever looks."""
    return ZoneInfo(text.office.local_government.time_zone or "UTC")


def marked(text: Text, drafts: Sequence[Draft]) -> list[Piece]:
    """The text with the places of every draft that is not dropped, countries, and what is no part of the article."""
    marks = []
    for draft in drafts:
        gone = draft.state in (DraftState.DROPPED, DraftState.MERGED)
        asks = draft.state == DraftState.WAITING and draft.is_question
        spans = draft.found.get("mentions") or [(draft.start, draft.end)]
        spans = [(draft.start, draft.end), *(span for span in spans if tuple(span) != (draft.start, draft.end))]
        for number, (start, end) in enumerate(spans):
            kind = "gone" if gone else draft.kind
            marks.append(Mark(start, end, kind, draft.pk, is_first=number == 0, is_question=asks))
    marks += [Mark(found["start"], found["end"], "country") for found in text.reading.get("countries", [])]
    grey = [(found["start"], found["end"]) for found in text.reading.get("boilerplate", [])]
    return pieces(text.body, marks, grey)


def next_after(draft: Draft) -> str:
    """The address of the text, at the next draft that waits in the order of the page; at the end when none does."""
    waiting = sorted(_place(other) for other in queries.drafts_of(draft.text) if other.state == DraftState.WAITING)
    following = next((place for place in waiting if place > _place(draft)), waiting[0] if waiting else None)
    return f"{address(draft.text)}#" + (f"d{following[-1]}" if following else "decided")


def _place(draft: Draft) -> tuple[int, int, int, int]:
    return list(words.GROUPS).index(DraftKind(draft.kind)), draft.start, draft.end, draft.pk


def address(text: Text) -> str:
    return reverse("intake:text", args=[text.office.slug, text.pk])


def edit_page(request: HttpRequest, office: Office, draft: Draft, form: forms.Form) -> dict[str, object]:
    return {
        "draft": draft,
        "heading": capfirst(words.title(draft.kind, draft.value)),
        "quote": _sentence(draft),
        "form": form,
        "back": f"{address(draft.text)}#d{draft.pk}",
    } | _frame(request, office)


# --- what could not be decided --------------------------------------------------------------------------------------


def overtaken(draft: Draft, typed: forms.Form | None = None) -> Notice:
    """Somebody decided first: what they decided, and what this officer had typed."""
    sentence = gettext("This draft cannot go there from where it stands now. Nothing was changed.")
    if draft.decided_by:
        sentence = gettext(
            "%(who)s has decided on this draft already: %(state)s (%(value)s). Your decision was not saved."
        ) % {
            "who": draft.decided_by,
            "state": draft.get_state_display(),
            "value": words.title(draft.kind, draft.value),
        }  # fmt: skip
    return Notice(sentence, draft.pk, _typed(typed))


def no_file(draft: int = 0, typed: forms.Form | None = None) -> Notice:
    sentence = gettext(
        "Choose first which partner the text is about: a fact needs a file to lie in. Nothing was saved."
    )
    return Notice(sentence, draft, _typed(typed))


def wrong_value(draft: int = 0, typed: forms.Form | None = None) -> Notice:
    sentence = gettext("Something in this draft cannot be read. Nothing was saved; edit it before you accept it.")
    return Notice(sentence, draft, _typed(typed))


def _typed(form: forms.Form | None) -> list[tuple[str, str]]:
    if form is None:
        return []
    return [(str(field.label), str(field.value())) for field in form if field.value() not in (None, "", False)]


# --- examples of what the reader got wrong --------------------------------------------------------------------------


def correction_columns() -> list[Column[Draft]]:
    return [
        Column("text", gettext("Text"), lambda draft: draft.text_id),
        Column("kind", gettext("Kind"), lambda draft: draft.kind),
        Column("state", pgettext("draft", "Decision"), lambda draft: draft.state),
        Column("start", gettext("From character"), lambda draft: draft.start),
        Column("end", gettext("To character"), lambda draft: draft.end),
        Column("sentence", gettext("Sentence"), _sentence),
        Column("found", gettext("What the reader said"), lambda draft: _compact(draft.found)),
        Column("value", gettext("What the officer made of it"), lambda draft: _compact(draft.value)),
        Column("rule", gettext("Rule"), lambda draft: draft.rule),
        Column("confidence", gettext("Confidence"), lambda draft: draft.confidence),
    ]  # fmt: skip


def _sentence(draft: Draft) -> str:
    return " ".join(draft.text.body[draft.proof_start : draft.proof_end].split())


def _compact(value: dict[str, Any]) -> str:
    kept = {key: part for key, part in value.items() if key != "mentions" and part not in ("", [], None)}
    return "; ".join(f"{key}={part}" for key, part in kept.items())
