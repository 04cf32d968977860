"""An office with two files and a promise in the first, for the tests of this folder."""

from typing import Any

from kembar.access.permissions import SYSTEM
from kembar.cities.actions import adopt
from kembar.cities.models import Office
from kembar.cities.queries import find
from kembar.commitments.actions import Keepers, Promised, accept, add
from kembar.commitments.models import Commitment
from kembar.lib.dates import parse_edtf
from kembar.partnerships.actions import open_file
from kembar.partnerships.models import Partnership
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


def accepted(office: Office, **given: Any) -> Commitment:
    return accept(claimed(office, **given), by=SYSTEM, keepers=KEEPERS, seen=1)
