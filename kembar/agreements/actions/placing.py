"""Finding the record a row of a claims file speaks of, or adding it."""

import re
from collections.abc import Mapping

from kembar.access.permissions import Actor
from kembar.agreements.actions.papers import add_approval, add_instrument, add_signature
from kembar.agreements.claims_file import ClaimsFileRefused, Row, RowError, Topic
from kembar.agreements.models import Approval, Instrument
from kembar.agreements.rules import EXTENSION, MOU_CLASS
from kembar.cities.models import LocalGovernment
from kembar.lib.dates import EdtfDate, shared
from kembar.partnerships.actions import note_event
from kembar.partnerships.models import Partnership
from kembar.sources.queries import claims_about


class Placed:
    """The records of one file with the dates claimed of them, so that two claims of one paper meet on it."""

    def __init__(self, file: Partnership, *, office_city: LocalGovernment, by: Actor) -> None:
        self.file = file
        self.by = by
        self.parties = {city.english_name.casefold(): city for city in (file.partner, office_city)}
        self.papers: list[Instrument] = list(file.instruments.order_by("id"))
        self.approvals: list[Approval] = list(file.approvals.order_by("id"))
        self.dates: dict[str, list[EdtfDate]] = {}
        owner = dict(file.instruments.values_list("signatures__pk", "pk"))
        for claim in claims_about(file.key, office_id=file.office_id):
            if claim.date is not None and claim.attribute in ("concluded", "date", "paper_date"):
                self.remember(_paper_key(claim.subject, owner=owner), date=claim.date)

    def remember(self, key: str, *, date: EdtfDate | None) -> None:
        if date is not None:
            self.dates.setdefault(key, []).append(date)

    def paper_of(self, key: str) -> Instrument | None:
        return next((paper for paper in self.papers if paper.key == key), None)

    def first_day(self, key: str) -> str:
        return min((date.edtf.strip("[.") for date in self.dates.get(key, [])), default="")

    def meets(self, key: str, *, date: EdtfDate) -> bool:
        """Whether a claimed date can be another claim about the same record: both fall into one year."""
        return any(shared(known, date) is not None for known in self.dates.get(key, []))

    def paper(self, kind: str, *, date: EdtfDate | None) -> Instrument | None:
        """The paper of this kind that a claim with this date is about; without a date, the newest of the kind."""
        same = [paper for paper in self.papers if paper.kind == kind]
        if date is not None:
            return next((paper for paper in same if self.meets(paper.key, date=date)), None)
        return max(same, key=lambda paper: (self.first_day(paper.key), paper.pk), default=None)

    def place_paper(self, kind: str, *, date: EdtfDate | None) -> Instrument:
        """The paper a claim with this date is about, added to the file when it holds none."""
        found = self.paper(kind, date=date)
        if found is None:
            parent = self.running() if kind == EXTENSION else None
            found = add_instrument(by=self.by, partnership=self.file, kind=kind, parent=parent)
            self.papers.append(found)
        self.remember(found.key, date=date)
        return found

    def running(self) -> Instrument | None:
        """The newest paper of MoU class: what an end or an extension speaks of."""
        papers = [paper for paper in self.papers if paper.kind in MOU_CLASS]
        return max(papers, key=lambda paper: (self.first_day(paper.key), paper.pk), default=None)

    def newest(self) -> Instrument | None:
        return max(self.papers, key=lambda paper: (self.first_day(paper.key), paper.pk), default=None)


def place_row(row: Row, *, placed: Placed) -> tuple[str, str, str]:
    """(subject, attribute, value) of the claim a row makes. Raises ClaimsFileRefused when it names no known record."""
    if row.topic is Topic.PARTNERSHIP:
        return _place_statement(row, placed=placed)
    if row.topic is Topic.EVENT:
        event = note_event(by=placed.by, partnership=placed.file, kind=row.record, title=row.said, date=row.date)
        return event.key, row.attribute, row.value
    if row.topic is Topic.APPROVAL:
        return _place_approval(row, placed=placed), row.attribute, row.value
    if row.topic is Topic.SIGNATURE:
        return _place_signature(row, placed=placed), row.attribute, row.value
    paper = _place_paper(row, placed=placed)
    value = _older(row, newer=paper, placed=placed) if row.attribute == "supersedes" else row.value
    return paper.key, row.attribute, value


def _place_statement(row: Row, *, placed: Placed) -> tuple[str, str, str]:
    newest = placed.newest()
    if row.attribute == "paper_date" and newest is not None and row.date is not None:
        return newest.key, "concluded", row.date.edtf
    return placed.file.key, "status" if row.attribute == "paper_date" else row.attribute, row.value


def _place_paper(row: Row, *, placed: Placed) -> Instrument:
    if row.attribute == "ends":
        running = placed.running()
        if running is None:
            raise ClaimsFileRefused([RowError(row.line, "no_such_paper", {"said": row.said})])
        return running
    unnamed = row.attribute in ("term", "supersedes") and row.date is None
    if unnamed and placed.paper(row.record, date=None) is None:
        raise ClaimsFileRefused([RowError(row.line, "no_such_paper", {"said": row.said})])
    return placed.place_paper(row.record, date=row.date)


def _place_signature(row: Row, *, placed: Placed) -> str:
    party = placed.parties.get(row.party.casefold())
    if party is None:
        raise ClaimsFileRefused([RowError(row.line, "unknown_party", {"party": row.party})])
    paper = _place_paper(row, placed=placed)
    apart = "signed in" in row.said.casefold() or "apart" in row.note.casefold()
    signature = add_signature(by=placed.by, instrument=paper, party=party, place=party.english_name if apart else "",
                              mode="apart" if apart else "not_known")  # fmt: skip
    return signature.key


def _place_approval(row: Row, *, placed: Placed) -> str:
    same = [approval for approval in placed.approvals if approval.kind == row.record]
    if row.date is None:
        found = max(same, key=lambda item: (placed.first_day(item.key), item.pk), default=None)
    else:
        found = next((item for item in same if placed.meets(item.key, date=row.date)), None)
    if found is None:
        found = add_approval(by=placed.by, partnership=placed.file, kind=row.record)
        placed.approvals.append(found)
    placed.remember(found.key, date=row.date)
    return found.key


def _older(row: Row, *, newer: Instrument, placed: Placed) -> str:
    """The paper a supersession speaks of: of the same kind, of the year the words name."""
    year = re.search(r"\b(1\d{3}|2\d{3})\b", row.said)
    for paper in placed.papers:
        same_kind = paper.kind == newer.kind and paper.pk != newer.pk
        if same_kind and year and placed.first_day(paper.key).startswith(year.group(1)):
            return paper.key
    raise ClaimsFileRefused([RowError(row.line, "no_such_paper", {"said": row.said})])


def _paper_key(subject: str, *, owner: Mapping[int, int]) -> str:
    """A signature's dates count as dates of its paper."""
    kind, _, number = subject.partition(":")
    return f"instrument:{owner[int(number)]}" if kind == "signature" and int(number) in owner else subject
