"""What the other side reads of a promise, and a change of what lets its confirmation fall."""

from typing import Any

import pytest
from django.utils.translation import override

from kembar.commitments import queries
from kembar.commitments.actions import Promised
from kembar.commitments.content import LETS_FALL, content_of, due_words
from kembar.commitments.tests.promising import claimed, now
from kembar.countersign.rules import fingerprint
from kembar.lib.dates import parse_edtf
from kembar.sources.models import Document
from tests.members import office

OTHER: dict[str, Any] = {
    "what": "mengirim 30 pelajar", "sentence": "Kalimat lain.", "made_on": parse_edtf("2024"),
    "due": parse_edtf("2028"), "side": "partner", "actor": "Wali Kota", "counterpart": "Liuzhou", "modality": "agreed",
    "conditional": True, "condition_met": parse_edtf("2025"), "recurring": True, "every": "P2Y",
    "owner": "post:A", "deputy": "post:B", "paper": "instrument:1", "shown_unconfirmed": True,
    "language": "en", "document": Document(pk=0, title="Lain"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("held", "needless"), [({}, {"every"}), ({"recurring": True, "every": "P1Y"}, {"due", "recurring"})]
)
def test_exactly_what_is_said_to_let_a_confirmation_fall_changes_what_the_partner_reads(
    held: dict[str, Any], needless: set[str]
) -> None:
    row = claimed(office("bandung"), **held)
    before, changing = fingerprint(now(row)), set()
    for field, value in OTHER.items():
        read = queries.by_key(row.key, office_id=row.office_id)
        setattr(read, field, value)
        if fingerprint(content_of(read, languages=("id", "zh-hans"))) != before:
            changing.add(field)
    assert set(OTHER) == {*Promised.__dataclass_fields__, "document"}
    assert changing == LETS_FALL - needless


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "2026, dan berulang setiap 1 tahun 6 bulan"), ("en", "2026, and again every 1 year 6 months"),
     ("ko", "2026년, 이후 1년 6개월마다"), ("zh-hans", "2026年，之后每1年6个月一次")],
)  # fmt: skip
def test_that_it_comes_again_is_said_in_each_language(language: str, words: str) -> None:
    row = claimed(office("bandung"), recurring=True, every="P1Y6M")
    with override(language):
        assert due_words(row) == words
