"""Each stage builds on the one before and can be told again without doubling anything."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import SYSTEM, Role
from kembar.agreements.actions import import_claims
from kembar.agreements.queries import scopes_of
from kembar.cities.actions import adopt, open_office
from kembar.cities.models import Office
from kembar.cities.queries import find
from kembar.demo.at_work import counterpart_at_work, go_to_work
from kembar.demo.cases import tell as walk_the_road
from kembar.demo.confirmations import partners_answer
from kembar.languages.actions import translate, write_original
from kembar.partnerships.actions import open_file
from kembar.partnerships.queries import events_of_office
from kembar.partnerships.states import Kind
from kembar.people.actions.sample import make_sample_member
from kembar.reminders.night import remind
from kembar.sources.queries import claims_of, documents_of

DATA = Path(__file__).parent / "data"


def register() -> None:
    """Bandung's office, every claim that public sources make about its partners, and their words in four languages."""
    with transaction.atomic():
        claims()
        words()


def claims() -> Office:
    office = bandung()
    import_claims((DATA / "bandung-claims.csv").read_text(encoding="utf-8"), by=SYSTEM, office=office)
    return office


def bandung() -> Office:
    return open_office(by=SYSTEM, slug="bandung", local_government=adopt(find("Bandung", country="ID"), by=SYSTEM))


def words() -> None:
    """The words of the sample's sources and decisions: English as the claims have them, and three translations."""
    office = bandung()
    with (DATA / "words.tsv").open(encoding="utf-8", newline="") as lines:
        known = {row["en"]: row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
    for subject, field, parts in _texts(office):
        if not all(part in known for part in parts):
            continue
        write_original("; ".join(parts), by=SYSTEM, subject=subject, field=field, language="en", office_id=office.pk)
        for language in ("id", "ko", "zh"):
            text = "; ".join(known[part][language] for part in parts)
            translate(text, by=SYSTEM, subject=subject, field=field, language=_CODES[language], office_id=office.pk)


_CODES = {"id": "id", "ko": "ko", "zh": "zh-hans"}


def _texts(office: Office) -> Iterator[tuple[str, str, list[str]]]:
    """(record, field, parts) of everything in the register that is prose."""
    for event in events_of_office(office.pk):
        yield event.key, "title", [event.title]
    for claim in claims_of(office.pk):
        for field, text in (("said", claim.said), ("reason", claim.reason)):
            if text:
                yield f"claim:{claim.pk}", field, [text]
    for document in documents_of(office.pk):
        yield f"document:{document.pk}", "title", [document.title]
    for subject, items in scopes_of(office.pk).items():
        yield subject, "scope", items


def desk() -> None:
    """The people who work with the register, four in Bandung, one in Daegu with a file of its own on Bandung; and what
    they have done so far."""
    with transaction.atomic():
        offices = {"bandung": bandung(), "daegu": daegu()}
        people = {
            email.partition("@")[0]: make_sample_member(
                email, by=SYSTEM, office=offices[slug], name=name, role=role, password=PASSWORD, language=language
            )
            for slug, email, name, role, language in MEMBERS
        }
        go_to_work(offices["bandung"], people)
        walk_the_road(offices["bandung"])
        partners_answer(offices["bandung"], people)
        counterpart_at_work(offices["daegu"])
        remind(by=SYSTEM, now=timezone.now())


def daegu() -> Office:
    office = open_office(by=SYSTEM, slug="daegu", local_government=adopt(find("Daegu", country="KR"), by=SYSTEM))
    partner = adopt(find("Bandung", country="ID"), by=SYSTEM)
    open_file(by=SYSTEM, office=office, partner=partner, kind=Kind.SISTER)
    return office


# Printed by ./run and known to everyone: the accounts can be used on a sample instance only.
PASSWORD = "dua kota satu meja"  # noqa: S105 - of people who do not exist
MEMBERS = (
    ("bandung", "petugas@bandung.example", "Petugas Contoh", Role.OFFICER, "id"),
    ("bandung", "penerjemah@bandung.example", "Penerjemah Contoh", Role.TRANSLATOR, "id"),
    ("bandung", "kepala@bandung.example", "Kepala Contoh", Role.HEAD, "id"),
    ("bandung", "pembaca@bandung.example", "Pembaca Contoh", Role.READER, "id"),
    ("bandung", "pengelola@bandung.example", "Pengelola Contoh", Role.ADMINISTRATOR, "id"),
    ("daegu", "officer@daegu.example", "예시 담당자", Role.OFFICER, "ko"),
)
STAGES: dict[str, Callable[[], None]] = {"register": register, "desk": desk}


def tell(stage: str) -> None:
    """Every stage up to and including this one. Raises KeyError for a stage that does not exist."""
    names = list(STAGES)
    STAGES[stage]  # an unknown name fails before anything is written
    for name in names[: names.index(stage) + 1]:
        STAGES[name]()
