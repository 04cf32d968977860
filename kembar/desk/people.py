"""Contacts and holders of public office as the desk shows them: rows, terms in words, what two officers saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from kembar.access.permissions import Permission, may
from kembar.desk.place import Place
from kembar.desk.saving import reopen, yours
from kembar.lib.dates import EdtfDate
from kembar.lib.text import normalise
from kembar.partnerships.queries import Partnership, files_with_names, merged_keys
from kembar.people import queries
from kembar.people.actions.records import ChangedMeanwhile, Voided, WrongRecord
from kembar.people.states import Capacity
from kembar.web import lists
from kembar.web.dates import written
from kembar.web.locales import locale_of

SORTS = [
    lists.Sort("person", gettext_lazy("Name")),
    lists.Sort("government", pgettext_lazy("holder of a public office", "Government")),
    lists.Sort("since", gettext_lazy("Term of office")),
]

ENTRIES = lists.Filter(
    "entries", gettext_lazy("Entries"), [lists.Choice("voided", gettext_lazy("voided"))],
    any_label=gettext_lazy("in use"),
)  # fmt: skip


@dataclass(slots=True)
class Outcome:
    """What came of saving. `rows`: (field, what a colleague saved first, what was typed); `voided`: it is no more;
    `taken_back`: how many questions to a contact are open no longer."""

    saved: bool = False
    overtaken: bool = False
    voided: bool = False
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    taken_back: int = 0


@dataclass(frozen=True, slots=True)
class ContactRow:
    contact: Any
    term: str

    @property
    def language(self) -> str:
        """The name of the language to write in; what is no code of one as it was typed."""
        return str(locale_of().languages.get(self.contact.language.lower(), self.contact.language))


@dataclass(frozen=True, slots=True)
class HolderRow:
    """One line of the register of office-holders."""

    holder: Any
    government: str
    capacity: str
    term: str


def keys_of(file: Partnership) -> list[str]:
    """How contacts of this file name it, those of files that were joined to it included."""
    return [file.key, *merged_keys(file)]


def contacts_in(file: Partnership, place: Place, *, voided: bool = False) -> list[ContactRow]:
    key, *merged = keys_of(file)
    found = queries.contacts_about(key, office_id=place.id, by=place.actor, also=merged, voided=voided)
    return [ContactRow(row, term_words(row.since, row.until)) for row in found]


def contact_count(file: Partnership, place: Place) -> int | None:
    """How many contacts a file has; None for who may not read them."""
    if not may(place.actor, Permission.READ_PRIVATE, office_id=place.id):
        return None
    key, *merged = keys_of(file)
    return queries.contacts_about(key, office_id=place.id, by=place.actor, also=merged).count()


def governments(place: Place) -> dict[int, Any]:
    """The own city and every partner, by number: whose office-holders the register can hold."""
    home = place.office.local_government
    return {home.pk: home} | {file.partner_id: file.partner for file in files_with_names(place.id)}


def party_choices(place: Place) -> list[tuple[str, str]]:
    home, *others = [(str(number), _named(party)) for number, party in governments(place).items()]
    return [home, *sorted(others, key=lambda one: one[1].casefold())]


def listing(query: QueryDict, *, parties: Sequence[tuple[str, str]], path: str) -> lists.Listing:
    """What the address asks of the register. Raises Unclear."""
    given = query.copy()
    given.pop("saved", None)
    label = pgettext_lazy("holder of a public office", "Government")
    offer = lists.ListPage(
        filters=[lists.Filter("party", label, [lists.Choice(*one) for one in parties]), ENTRIES],
        sorts=SORTS,
        default_sort="person",
    )
    return offer.read(given, path=path)


def holders_in(of: lists.Listing, place: Place) -> list[HolderRow]:
    """Every holder the address asks for, in its order."""
    wanted = normalise(of.search)
    party = of.chosen.get("party", "")
    rows = [
        HolderRow(
            row, _named(row.party), str(Capacity(row.capacity).label) if row.capacity else "",
            term_words(row.since, row.until),
        )
        for row in queries.register_of(place.id, voided="entries" in of.chosen)
        if party in ("", str(row.party_id)) and wanted in normalise(f"{row.person} {row.post}")
    ]  # fmt: skip
    return sorted(rows, key=_KEYS[of.sort.removeprefix("-")], reverse=of.sort.startswith("-"))


def term_words(since: EdtfDate | None, until: EdtfDate | None) -> str:
    ends = {"since": written(since), "until": written(until)}
    if since and until:
        return gettext("%(since)s to %(until)s") % ends
    if since:
        return gettext("since %(since)s") % ends
    return gettext("until %(until)s") % ends if until else gettext("not known")


def held(record: Any, form: type[forms.Form]) -> dict[str, Any]:
    """What a form about a record begins with."""
    given = {name: getattr(record, name) for name in form.base_fields if hasattr(record, name) and name != "party"}
    texts = {name: value.edtf if isinstance(value, EdtfDate) else value or "" for name, value in given.items()}
    return texts | {"opened_with": record.version}


def attempt(form: forms.Form, act: Callable[[], int | None]) -> Outcome:
    """Runs the deed when the form is in order; both versions are told where somebody else saved first."""
    if not form.is_valid():
        return Outcome()
    try:
        taken_back = act() or 0
    except ChangedMeanwhile as error:
        rows = _versions(form, error.current)
        reopen(form, str(error.current.version), held(error.current, type(form)))
        return Outcome(overtaken=True, rows=rows)
    except Voided:
        return Outcome(voided=True)
    except WrongRecord as wrong:
        if wrong.reason == "order":
            form.add_error("until", gettext("The end lies before the beginning."))
        else:
            form.add_error(wrong.reason, gettext("This cannot be read."))
        return Outcome()
    return Outcome(saved=True, taken_back=taken_back)


def _versions(form: forms.Form, current: Any) -> list[tuple[str, str, str]]:
    now = held(current, type(form))
    return [
        (
            str(form[name].label),
            _shown(form, name, now[name]),
            yours(form, name, _shown(form, name, form.cleaned_data[name])),
        )
        for name in now
        if name != "opened_with" and now[name] != form.cleaned_data[name]
    ]


def _shown(form: forms.Form, name: str, value: str) -> str:
    offered = form.fields[name]
    if isinstance(offered, forms.ChoiceField):
        return str(dict(Capacity.choices).get(value, value))
    return str(offered.prepare_value(value)) if value else gettext("not known")


def _named(party: Any) -> str:
    return str(party.name_in(get_language() or "id"))


_KEYS: dict[str, Callable[[HolderRow], Any]] = {
    "person": lambda row: (row.holder.person.casefold(), row.holder.pk),
    "government": lambda row: (row.government.casefold(), row.holder.person.casefold(), row.holder.pk),
    "since": lambda row: (row.holder.since.sort_key if row.holder.since else (date.min,), row.holder.pk),
}
