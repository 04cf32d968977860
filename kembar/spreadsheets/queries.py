"""Reading spreadsheets on their way in, and the register their rows are held against."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from kembar.agreements.models import Approval, Instrument, Signature
from kembar.cities.queries import AmbiguousCity, Place, UnknownCity, by_key, find, search
from kembar.commitments.models import Commitment
from kembar.files.queries import ContentMissing, Download, files_of, open_for_download
from kembar.lib.dates import parse_edtf
from kembar.lib.text import normalise
from kembar.partnerships.models import Attachment, Event, Note, Partnership
from kembar.people.models import Contact
from kembar.procedure.models import Case
from kembar.sources.models import Claim
from kembar.spreadsheets.cells import Table
from kembar.spreadsheets.entries import Entry, Setup, entries
from kembar.spreadsheets.layout import Header
from kembar.spreadsheets.models import Entered, Remembered, Row
from kembar.spreadsheets.models import Sheet as Sheet  # pages name its type, never its table
from kembar.spreadsheets.models import Spreadsheet as Spreadsheet  # pages name its type, never its table
from kembar.spreadsheets.plan import Answer, File, Planned, Record, Register, Standing, city_key, plan
from kembar.spreadsheets.rules import bare_city
from kembar.spreadsheets.states import LEAVES_OUT, Made, Outcome, State

LEFT_OUT = "-"  # the answer that leaves the rows of a name or word out
_CANDIDATES = 8


class NoSuchSpreadsheet(Exception):
    """There is no such spreadsheet in this office."""


class NoOriginal(Exception):
    """The file itself is not there: its content is missing, or held back."""


def spreadsheet(number: int, *, office_id: int) -> Spreadsheet:
    """Raises NoSuchSpreadsheet, also for another office's."""
    found = (
        Spreadsheet.objects.filter(pk=number, office_id=office_id).select_related("office__local_government").first()
    )
    if found is None:
        raise NoSuchSpreadsheet(number)
    return found


def listed(office_id: int) -> QuerySet[Spreadsheet]:
    """The spreadsheets of an office, newest first; without those put aside."""
    rows = Spreadsheet.objects.filter(office_id=office_id).exclude(state=State.DROPPED)
    return rows.select_related("office__local_government").order_by("-id")


def same_file(sha256: str, *, office_id: int) -> Spreadsheet | None:
    """The newest spreadsheet of this office with the same bytes that is in the register."""
    rows = Spreadsheet.objects.filter(office_id=office_id, sha256=sha256, state=State.ENTERED)
    return rows.order_by("-id").first()


def waiting(sha256: str, *, office_id: int, brought_by: str) -> Spreadsheet | None:
    """The newest spreadsheet of the same bytes that waits to be brought in, of those this person handed in."""
    rows = Spreadsheet.objects.filter(office_id=office_id, sha256=sha256, brought_by=brought_by)
    rows = rows.filter(state__in=(State.DRAFT, State.PREVIEWED)).select_related("office__local_government")
    return rows.order_by("-id").first()


def sheets_of(found: Spreadsheet) -> list[Sheet]:
    """Its sheets without their cells."""
    return list(found.sheets.defer("cells").order_by("position"))


def original(found: Spreadsheet) -> Download:
    """The file as it was handed in; of a table as text its content in UTF-8. Raises NoOriginal."""
    kept = files_of([found.key], office_id=found.office_id).get(found.key, [])
    try:
        return open_for_download(kept[0].pk, office_id=found.office_id)
    except (IndexError, ContentMissing):
        raise NoOriginal(found.pk) from None


def size_of(found: Spreadsheet) -> int:
    """Rows of the chosen sheet."""
    return int(found.sheets.values_list("row_count", flat=True).get(position=found.sheet))


def table_of(found: Spreadsheet, *, position: int | None = None) -> Table:
    """The chosen sheet, or the one at this place."""
    sheet = Sheet.objects.get(spreadsheet=found, position=found.sheet if position is None else position)
    return Table(sheet.name, [(number, cells) for number, cells in json.loads(sheet.cells)], sheet.since_1904)


def remembered(what: str, *, office_id: int) -> dict[str, str]:
    """What the office answered before: "column", "city" or "word"."""
    rows = Remembered.objects.filter(office_id=office_id, what=what)
    return dict(rows.order_by("id").values_list("said", "means"))


def setup_of(found: Spreadsheet) -> Setup:
    words = {said: means for said, means in found.answers.get("word", {}).items() if means != LEFT_OUT}
    return Setup(
        header=Header(found.header_row, found.header_height),
        fields={int(index): field for index, field in found.fields.items()},
        kind=found.kind,
        record=found.record,
        carry_down=found.carry_down,
        words=words,
        today=found.office.today(),
    )


# --- what the rows become ---------------------------------------------------------------------------------------------


def planned(found: Spreadsheet) -> list[Planned]:
    """What becomes of each row, against the register as it stands now; with as many queries for any number of rows of
    the same partners."""
    read = entries(table_of(found), setup_of(found))
    answers = _answers(read, found=found)
    places = {answer.place.key for answer in answers.values() if answer.place}
    words = found.answers.get("word", {})
    left_out = [said for said, means in words.items() if means == LEFT_OUT]
    register = register_of(places, office_id=found.office_id)
    return plan(read, register, cities=answers, kind=found.kind, words_left_out=left_out)


def _answers(read: Sequence[Entry], *, found: Spreadsheet) -> dict[str, Answer]:
    given = found.answers.get("city", {})
    partners = _partner_keys(found.office_id)
    names = {city_key(entry.city, entry.country): entry for entry in read if entry.city and not entry.skipped}
    return {
        key: _answer(entry.city, country=entry.country, given=given.get(key, ""), partners=partners)
        for key, entry in names.items()
    }


def _partner_keys(office_id: int) -> set[str]:
    rows = Partnership.objects.filter(office_id=office_id, merged_into=None)
    return set(rows.order_by("id").values_list("partner__key", flat=True))


def _answer(city: str, *, country: str, given: str, partners: set[str]) -> Answer:
    if given == LEFT_OUT:
        return Answer(left_out=True)
    if given and (place := by_key(given)) is not None:
        return Answer(place)
    # As it is written first: "Kota" begins the name of Kota Kinabalu, "City" ends that of Mexico City.
    for name in dict.fromkeys((city, bare_city(city))):
        try:
            return Answer(find(name, country=country or None))
        except AmbiguousCity as ambiguous:
            known = [place for place in ambiguous.candidates if place.key in partners]
            return Answer(known[0]) if len(known) == 1 else Answer(candidates=tuple(ambiguous.candidates[:_CANDIDATES]))
        except UnknownCity:
            continue
    return Answer(candidates=tuple(_similar(bare_city(city), country=country)))


def _similar(city: str, *, country: str) -> list[Place]:
    """Places whose names begin like a name that is none: a slip of the pen seldom lies in the first letters."""
    key = normalise(city)
    for length in (len(key), max(5, len(key) - 2), 5, 4, 3):
        found = search(key[:length], limit=_CANDIDATES, country=country or None) if length >= min(3, len(key)) else []
        if found:
            return found
    return []


def register_of(place_keys: Iterable[str], *, office_id: int) -> Register:
    """The files on these places with their papers, approvals, events and claims. Eight queries."""
    files = Partnership.objects.filter(office_id=office_id, merged_into=None, partner__key__in=set(place_keys))
    found: list[File] = []
    for row in files.select_related("partner").order_by("id"):
        place = by_key(row.partner.key)
        if place is not None:
            found.append(File(row.key, place, row.kind, row.institution, row.english_name, row.slug))
    numbers = [int(file.key.partition(":")[2]) for file in found]
    register = Register(files=found)
    register.claims = _claims([file.key for file in found], office_id=office_id)
    for record in _records(numbers, claims=register.claims):
        register.records.setdefault(record.file, []).append(record)
    return register


def _claims(files: list[str], *, office_id: int) -> dict[tuple[str, str], list[Standing]]:
    mine = Spreadsheet.objects.filter(office_id=office_id).exclude(document=None)
    own = set(mine.order_by("id").values_list("document_id", flat=True))
    taken_back = Entered.objects.filter(spreadsheet__office_id=office_id, spreadsheet__state=State.UNDONE)
    undone = set(taken_back.exclude(made=Made.REPLACED).order_by("id").values_list("claim_id", flat=True))
    found: dict[tuple[str, str], list[Standing]] = {}
    rows = Claim.objects.filter(office_id=office_id, about__in=files).order_by("id")
    columns = ("id", "subject", "attribute", "value", "decision", "document_id", "document__title")
    for pk, subject, attribute, value, decision, document_id, title in rows.values_list(*columns):
        claim = Standing(pk, value, decision, title, own=document_id in own,
                         undone=decision == "rejected" and pk in undone)  # fmt: skip
        found.setdefault((subject, attribute), []).append(claim)
    return found


def _records(files: list[int], *, claims: dict[tuple[str, str], list[Standing]]) -> Iterable[Record]:
    def dates(subject: str, attribute: str) -> list[str]:
        return [claim.value for claim in claims.get((subject, attribute), []) if claim.value]

    signed: dict[int, list[str]] = {}
    signatures = Signature.objects.filter(instrument__partnership__in=files).order_by("id")
    for pk, paper in signatures.values_list("pk", "instrument_id"):
        signed.setdefault(paper, []).extend(dates(f"signature:{pk}", "date"))
    papers = Instrument.objects.filter(partnership__in=files).order_by("id")
    for pk, file, kind, title in papers.values_list("pk", "partnership_id", "kind", "title"):
        key = f"instrument:{pk}"
        titles = [claim.value for claim in claims.get((key, "title"), [])]
        days = [parse_edtf(day) for day in dates(key, "concluded") + signed.get(pk, [])]
        yield Record(key, f"partnership:{file}", f"paper:{kind}", title or next(iter(titles), ""), days)
    approvals = Approval.objects.filter(partnership__in=files).order_by("id")
    for pk, file, kind in approvals.values_list("pk", "partnership_id", "kind"):
        key = f"approval:{pk}"
        yield Record(key, f"partnership:{file}", f"approval:{kind}", "", [parse_edtf(d) for d in dates(key, "date")])
    events = Event.objects.filter(partnership__in=files).order_by("id")
    for pk, file, kind, title, day in events.values_list("pk", "partnership_id", "kind", "title", "date"):
        key = f"event:{pk}"
        days = [parse_edtf(text) for text in dates(key, "date")] or ([day] if day else [])
        yield Record(key, f"partnership:{file}", f"event:{kind}", title, days)


# --- as it was looked through -----------------------------------------------------------------------------------------


def rows_of(found: Spreadsheet, *, outcome: str = "") -> QuerySet[Row]:
    rows = found.rows.order_by("line")
    return rows.filter(outcome=outcome) if outcome else rows


def faulty_rows(found: Spreadsheet) -> QuerySet[Row]:
    """What is not brought in, because of an error or a question nobody answered."""
    return found.rows.filter(outcome__in=LEAVES_OUT).order_by("line")


@dataclass(frozen=True, slots=True)
class Asked:
    """A name or a word of the table that nobody knows, and in how many rows it stands. `what`: city or word."""

    what: str
    key: str
    said: str
    country: str
    rows: int
    candidates: tuple[Place, ...] = ()


def asked_of(found: Spreadsheet) -> list[Asked]:
    """The open questions, those that hold up the most rows first."""
    counted: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in found.rows.filter(outcome=Outcome.QUESTION).order_by("line"):
        for problem in row.problems:
            facts = problem["facts"]
            if problem["code"] == "which_city":
                key = ("city", city_key(facts["city"], facts["country"]))
                counted.setdefault(key, []).append((facts["city"], facts["country"]))
            elif problem["code"] == "which_kind":
                counted.setdefault(("word", normalise(facts["word"])), []).append((facts["word"], ""))
    questions = [
        Asked(what, key, said[0][0], said[0][1], len(said), _candidates(what, said=said[0]))
        for (what, key), said in counted.items()
    ]
    return sorted(questions, key=lambda asked: (-asked.rows, asked.said))


def _candidates(what: str, *, said: tuple[str, str]) -> tuple[Place, ...]:
    if what == "word":
        return ()
    return _answer(said[0], country=said[1], given="", partners=set()).candidates


# --- what it brought -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Brought:
    """A partner's file it touched, with how many claims it entered there."""

    file: Partnership
    claims: int


def brought(found: Spreadsheet) -> list[Brought]:
    counts = dict(
        found.entered.filter(made=Made.NEW).order_by("about").values_list("about").annotate(count=Count("id"))
    )
    again = found.entered.filter(made=Made.AGAIN).order_by("about").values_list("about", flat=True).distinct()
    keys = {int(about.partition(":")[2]) for about in {*counts, *again}}
    files = Partnership.objects.filter(office_id=found.office_id, pk__in=keys).select_related("partner")
    rows = files.prefetch_related("partner__names").order_by("slug", "id")
    return [Brought(file, counts.get(file.key, 0)) for file in rows]


@dataclass(frozen=True, slots=True)
class BuiltOn:
    """What somebody has built on an import since: entries with further sources, decisions of others, files in which
    something else stands. Taking back leaves all of it as it is."""

    records: list[str]  # keys of records on which another source speaks
    decided: int  # claims of the import on which somebody decided otherwise since
    files: list[Partnership]  # opened by the import, now holding something else

    def __bool__(self) -> bool:
        return bool(self.records or self.decided or self.files)


def decided_since(found: Spreadsheet) -> set[int]:
    """The claims it brought on which a person has decided since; what other spreadsheets did is no decision."""
    made = set(own_claims(found))
    moved = Entered.objects.filter(spreadsheet__office_id=found.office_id, claim_id__in=made).exclude(made=Made.NEW)
    by_tables = set(moved.exclude(spreadsheet=found).order_by("id").values_list("claim_id", flat=True))
    files = found.entered.order_by("about").values_list("about", flat=True).distinct()
    rows = Claim.objects.filter(office_id=found.office_id, about__in=list(files), decided_at__gt=found.entered_at)
    return set(rows.order_by("id").values_list("pk", flat=True)) & made - by_tables


def restorable(found: Spreadsheet) -> set[int]:
    """The claims it replaced that stand again when it is taken back: not those of a spreadsheet itself taken back."""
    replaced = found.entered.filter(made=Made.REPLACED).order_by("id").values_list("claim_id", flat=True)
    gone = Entered.objects.filter(spreadsheet__state=State.UNDONE, claim_id__in=list(replaced)).exclude(
        made=Made.REPLACED
    )
    return set(replaced) - set(gone.order_by("id").values_list("claim_id", flat=True))


def opened_by_tables(office_id: int) -> set[str]:
    """The files (`partnership:7`) that some spreadsheet of the office opened."""
    rows = Spreadsheet.objects.filter(office_id=office_id, document__isnull=False).order_by("id")
    return {key for counts in rows.values_list("counts", flat=True) for key in counts.get("opened", [])}


def used_files(keys: Iterable[str], *, office_id: int) -> set[str]:
    """Which of these files (`partnership:7`) hold what no table brings: a promise, a case, a document, a note, a
    contact; also in a file that was joined to them. Five queries."""
    chosen = list(keys)
    numbers = [int(key.partition(":")[2]) for key in chosen]
    here = Q(partnership__in=numbers) | Q(partnership__merged_into__in=numbers)
    rows: list[QuerySet[Commitment] | QuerySet[Case] | QuerySet[Attachment] | QuerySet[Note]] = [
        Commitment.objects.filter(here, voided_at=None), Case.objects.filter(here),
        Attachment.objects.filter(here, withdrawn_at=None), Note.objects.filter(here, withdrawn_at=None),
    ]  # fmt: skip
    used: set[str] = set()
    for some in rows:
        places = some.filter(office_id=office_id).order_by("id")
        for number, into in places.values_list("partnership", "partnership__merged_into"):
            used.add(f"partnership:{into or number}")
    contacts = Contact.objects.filter(office_id=office_id, about__in=chosen, voided_at=None).order_by("id")
    return used | set(contacts.values_list("about", flat=True))


def own_claims(found: Spreadsheet) -> dict[int, str]:
    """The claims it entered or made stand again → what it did."""
    rows = found.entered.order_by("id").values_list("claim_id", "made")
    return dict(rows)


def built_on(found: Spreadsheet) -> BuiltOn:
    made = own_claims(found)
    mine = {pk for pk, how in made.items() if how != Made.REPLACED}
    files = set(found.entered.order_by("about").values_list("about", flat=True))
    touched: set[str] = set()
    others: dict[str, set[str]] = {}
    rows = Claim.objects.filter(office_id=found.office_id, about__in=files).order_by("id")
    for pk, about, subject, decision in rows.values_list("pk", "about", "subject", "decision"):
        if pk in mine:
            touched.add(subject)
        elif pk not in made and decision != "rejected":
            others.setdefault(subject, set()).add(about)
    opened = set(found.counts.get("opened", []))
    held = {about for abouts in others.values() for about in abouts} & opened
    held |= used_files(opened, office_id=found.office_id)
    records = sorted(subject for subject in touched if subject in others and not subject.startswith("partnership:"))
    numbers = [int(key.partition(":")[2]) for key in held]
    standing = Partnership.objects.filter(office_id=found.office_id, pk__in=numbers).select_related("partner")
    return BuiltOn(records, len(decided_since(found)), list(standing.order_by("slug", "id")))
