"""A large instance: 1,000 local governments, 6 offices, 5,000 partnerships, 15,000 papers, 60,000 claims.

Written straight to the tables, in bulk: what is measured is reading. The legal states are derived by the real rules.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import SYSTEM
from kembar.agreements import rules
from kembar.agreements.models import Instrument, LegalSpan
from kembar.cities import gazetteer
from kembar.cities.actions import adopt, open_office
from kembar.cities.models import LocalGovernment, Office
from kembar.lib.dates import EdtfDate, on, parse_edtf
from kembar.partnerships.models import Event, Partnership
from kembar.sources.models import Claim, Document

GOVERNMENTS, PARTNERSHIPS, PAPERS_EACH, CLAIMS_EACH, OFFICES = 1_000, 5_000, 3, 12, 6
KINDS = ("letter_of_intent", "memorandum_of_understanding", "extension")


def build(*, seed: int = 1) -> Office:
    """Fill an empty, migrated database; the office with the most partners."""
    chance = random.Random(seed)
    with transaction.atomic():
        governments = list(_governments())
        offices = [
            open_office(by=SYSTEM, slug=f"office-{n}" if n else "bandung", local_government=governments[n])
            for n in range(OFFICES)
        ]
        files = _files(offices, governments)
        documents = {office.pk: _documents(office) for office in offices}
        _contents(files, documents, chance)
    return offices[0]


def _governments() -> Iterator[LocalGovernment]:
    bandung = gazetteer.named("Bandung", country="ID")[0]
    largest = sorted(gazetteer.cities(), key=lambda city: -city.population)
    yield adopt(bandung.key, by=SYSTEM)
    others = (city for city in largest if city.geonameid and city.key != bandung.key)
    for city in islice(others, GOVERNMENTS - 1):
        yield adopt(city.key, by=SYSTEM)


def _files(offices: list[Office], governments: list[LocalGovernment]) -> list[Partnership]:
    now = timezone.now()
    pairs = [
        (office, partner) for office in offices for partner in governments if office.local_government_id != partner.pk
    ]
    return Partnership.objects.bulk_create(
        Partnership(office=office, partner=partner, kind="sister", slug=partner.slug, opened_at=now)
        for office, partner in pairs[:PARTNERSHIPS]
    )


def _documents(office: Office) -> list[Document]:
    return Document.objects.bulk_create(
        Document(
            office_id=office.pk,
            kind="press",
            title=f"Source {n}",
            publisher="A newspaper",
            published=parse_edtf("2019-05"),
        )
        for n in range(200)
    )


def _contents(files: list[Partnership], documents: dict[int, list[Document]], chance: random.Random) -> None:
    now = timezone.now()
    papers: list[Instrument] = []
    for file in files:
        start = date(1960, 1, 1) + timedelta(days=chance.randrange(60 * 365))
        for n, kind in enumerate(KINDS[:PAPERS_EACH]):
            concluded = on(start + timedelta(days=700 * n))
            ends = rules.end_of_term(concluded, "P5Y") if kind == "extension" and chance.random() < 0.5 else None
            accepted = chance.random() < 0.9
            papers.append(
                Instrument(office_id=file.office_id, partnership=file, kind=kind, concluded=concluded, ends=ends,
                           standing="accepted" if accepted else "open")
            )  # fmt: skip
    Instrument.objects.bulk_create(papers, batch_size=2000)
    events = [
        Event(office_id=file.office_id, partnership=file, kind="visit", title="Delegation", standing="accepted",
              date=parse_edtf(str(chance.randrange(1990, 2026))))
        for file in files
    ]  # fmt: skip
    Event.objects.bulk_create(events, batch_size=2000)
    claims = []
    spans = []
    for number, file in enumerate(files):
        own = papers[number * PAPERS_EACH : (number + 1) * PAPERS_EACH]
        happened = [rules.Happening(events[number].date)]
        spans += list(_spans(file, own, happened))
        for n in range(CLAIMS_EACH):
            paper = own[n % PAPERS_EACH]
            claims.append(
                Claim(office_id=file.office_id, about=file.key, subject=paper.key, attribute="concluded",
                      value=_text(paper.concluded), date=paper.concluded, said="signed", entered_at=now,
                      document=chance.choice(documents[file.office_id]), confidence="high", decision="accepted",
                      decided_at=now, decided_by="Kembar")
            )  # fmt: skip
    Claim.objects.bulk_create(claims, batch_size=2000)
    LegalSpan.objects.bulk_create(spans, batch_size=2000)


def _text(moment: EdtfDate | None) -> str:
    return moment.edtf if moment else ""


def _spans(file: Partnership, papers: list[Instrument], events: list[rules.Happening]) -> Iterator[LegalSpan]:
    plain = tuple(
        rules.Paper(id=p.pk, kind=p.kind, accepted=p.standing == "accepted", concluded=p.concluded, ends=p.ends)
        for p in papers
    )
    first = min(p.concluded.latest for p in papers if p.concluded and p.concluded.latest)
    for span in rules.spans(rules.File(kind=file.kind, papers=plain, events=tuple(events), listed_from=first)):
        state = span.state
        yield LegalSpan(
            office_id=file.office_id, partnership=file, starts=span.starts, ends=span.ends, headline=state.headline,
            since=state.since, until=state.until, activity=state.activity, sister_city=state.sister_city,
            papers=state.papers,
        )  # fmt: skip
