"""An office with two files and a promise in the first, for the tests of this folder."""

from datetime import timedelta
from typing import Any

from kembar.access.permissions import SYSTEM
from kembar.cities.actions import adopt
from kembar.cities.models import Office
from kembar.cities.queries import find
from kembar.commitments import queries
from kembar.commitments.actions import (
    Keepers,
    Promised,
    accept,
    add,
    ask_partner,
    take_answer,
    translate,
)
from kembar.commitments.content import content_of
from kembar.commitments.models import Commitment
from kembar.countersign.actions.answering import Said
from kembar.countersign.actions.asking import Addressee
from kembar.countersign.models import Answer, Request
from kembar.countersign.queries import asked_in
from kembar.countersign.rules import Content, fingerprint
from kembar.languages.queries import original_hash
from kembar.lib.dates import parse_edtf
from kembar.partnerships.actions import open_file
from kembar.partnerships.models import Partnership
from kembar.people.actions.contacts import Reach, add_contact
from kembar.people.models import Contact
from kembar.sources.actions import DocumentFacts, keep_document
from kembar.sources.models import Document

SENTENCE = "Pemkot Bandung akan mengirim 20 pelajar ke Nanning pada 2026."
OFFICER, UNIT = "account:1", "post:Dinas Pendidikan"
KEEPERS = Keepers(owner=OFFICER, deputy=UNIT)


def file(office: Office, name: str = "Nanning", country: str = "CN") -> Partnership:
    return open_file(by=SYSTEM, office=office, partner=adopt(find(name, country=country), by=SYSTEM), kind="sister")


def article(office: Office) -> Document:
    facts = DocumentFacts(title="Bandung dan Nanning", published=parse_edtf("2025-03-26"), kind="press")
    return keep_document(facts, by=SYSTEM, office_id=office.pk)


def promised(**given: Any) -> Promised:
    known: dict[str, Any] = {
        "what": "mengirim 20 pelajar ke Nanning", "sentence": SENTENCE, "made_on": parse_edtf("2025-03-25"),
        "due": parse_edtf("2026"), "side": "own", "actor": "Pemkot Bandung", "counterpart": "Nanning",
    }  # fmt: skip
    return Promised(**(known | given))


def claimed(office: Office, **given: Any) -> Commitment:
    return add(promised(**given), by=SYSTEM, partnership=file(office), document=article(office))


def contact(office: Office, **given: Any) -> Contact:
    """Somebody in Nanning who reads Chinese."""
    known: dict[str, Any] = {"name": "Ibu Wei", "post": "Head of section", "organisation": "Nanning FAO",
                             "email": "wei@nanning.example"}  # fmt: skip
    return add_contact(Reach(**(known | given)), by=SYSTEM, office=office, about=file(office).key)


def translated(row: Commitment, text: str = "派遣20名学生", language: str = "zh-hans") -> None:
    of_hash = original_hash(row.key, field="what", office_id=row.office_id)
    translate(row, by=SYSTEM, text=text, language=language, of_hash=of_hash)


def to(person: Contact, **given: Any) -> Addressee:
    known: dict[str, Any] = {"channel": "link", "own_language": "id", "language": "zh-hans",
                             "answer_by": person.office.today() + timedelta(days=14)}  # fmt: skip
    return Addressee(contact=person, **(known | given))


def now(row: Commitment) -> Content:
    fresh = queries.by_key(row.key, office_id=row.office_id)
    return content_of(fresh, languages=("id", "zh-hans"))


def asked(row: Commitment, person: Contact | None = None, **given: Any) -> Request:
    """The contact is asked to confirm the promise as it stands."""
    addressee = to(person or contact(row.office), **given)
    seen = content_of(queries.by_key(row.key, office_id=row.office_id),
                      languages=(addressee.own_language, addressee.language))  # fmt: skip
    return ask_partner([row], by=SYSTEM, to=addressee, seen={row.key: fingerprint(seen)})


def says(row: Commitment, request: Request, reply: str, words: str = "") -> Answer:
    one = next(one for one in asked_in(request) if one.subject == row.key)
    return take_answer(row, asked=one, said=Said(reply=reply, seen=fingerprint(now(row)), words=words))


def confirmed(row: Commitment) -> Commitment:
    """Ibu Wei confirms an accepted promise."""
    translated(row)
    says(row, asked(row), "confirm")
    return queries.by_key(row.key, office_id=row.office_id)


def accepted(office: Office, **given: Any) -> Commitment:
    return accept(claimed(office, **given), by=SYSTEM, keepers=KEEPERS, seen=1)
