"""A claims file is read row by row; what cannot be taken is named with its line, and nothing is written."""

import csv
import io

import pytest

from kembar.access.permissions import SYSTEM
from kembar.agreements.actions import import_claims
from kembar.agreements.claims_file import COLUMNS, ClaimsFileRefused, read, scope_of, source_of, term_of
from kembar.cities.models import Office
from kembar.journal.models import Entry
from kembar.partnerships.models import Partnership
from kembar.sources.models import Claim

GOOD = {
    "city": "Suwon", "country": "KR", "partnership_kind": "sister", "event": "agreement", "edtf": "1997-08-25",
    "instrument": "sister agreement", "source": "a page", "confidence": "high", "decision": "accepted",
}  # fmt: skip


def file_of(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**GOOD, **row} for row in rows)
    return out.getvalue()


def codes(text: str) -> list[tuple[int, str]]:
    with pytest.raises(ClaimsFileRefused) as refused:
        read(text)
    return [(error.line, error.code) for error in refused.value.errors]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"edtf": "2025-02-31"}, "unreadable_date"),
        ({"edtf": "", "date": "banana"}, "unreadable_date"),
        ({"city": ""}, "empty_cell"),
        ({"source": ""}, "empty_cell"),
        ({"partnership_kind": "brother"}, "unknown_word"),
        ({"decision": "maybe"}, "unknown_word"),
        ({"decision": "rejected"}, "reason_missing"),
        ({"partnership_kind": "network"}, "institution_missing"),
        ({"sectors_or_note": "x" * 2001}, "cell_too_long"),
    ],
)
def test_a_bad_cell_is_named_with_its_line(row: dict[str, str], code: str) -> None:
    assert codes(file_of({}, row)) == [(3, code)]


def test_every_bad_row_is_named_at_once() -> None:
    assert codes(file_of({"edtf": "x"}, {}, {"city": ""})) == [(2, "unreadable_date"), (4, "empty_cell")]


@pytest.mark.parametrize("text", ["", "\n", "a,b\n1,2\n", "PK\x03\x04 not a table"])
def test_what_is_no_claims_file_says_which_columns_it_misses(text: str) -> None:
    assert codes(text) == [(1, "missing_columns")]


def test_a_file_without_rows_says_so() -> None:
    assert codes(file_of()) == [(2, "no_rows")]


def test_a_row_with_too_few_cells_is_named() -> None:
    assert codes(file_of() + "Suwon,KR\n") == [(2, "wrong_width")]


def test_invisible_signs_are_taken_out() -> None:
    (row,) = read(file_of({"city": "Su\u200bwon\u202e"}))
    assert row.city == "Suwon"


def test_markup_stays_the_text_it_is() -> None:
    (row,) = read(file_of({"event": "<script>alert(1)</script>"}))
    assert row.said == "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("P5Y", ("P5Y", False, "")),
        ("P4Y from the effective date, once more P4Y by consent", ("P4Y", True, "once more P4Y by consent")),
        ("five years", ("", False, "five years")),
        ("", ("", False, "")),
    ],
)
def test_a_term_is_read_as_far_as_it_says(note: str, expected: tuple[str, bool, str]) -> None:
    assert term_of(note) == expected


def test_lengths_of_time_are_no_fields_of_cooperation() -> None:
    assert scope_of("IT;creative;5 years") == ["IT", "creative"]
    assert scope_of("expired 2020") == []


@pytest.mark.parametrize(
    ("words", "publisher", "published", "address"),
    [
        ("Antara 2023-03-31", "Antara", "2023-03-31", ""),
        ("bandungdailyphotos.blogspot.com 2008-09", "bandungdailyphotos.blogspot.com", "2008-09", ""),
        ("detikJabar, 25 March 2025", "detikJabar", "2025-03-25", ""),
        ("swcic.or.kr/eng/ma/gcity.asp", "swcic.or.kr", None, "https://swcic.or.kr/eng/ma/gcity.asp"),
        ("kjtoday.com", "kjtoday.com", None, ""),
        ("own inference", "", None, ""),
    ],
)
def test_a_source_is_taken_apart_as_far_as_it_says(
    words: str, publisher: str, published: str | None, address: str
) -> None:
    found = source_of(words)
    day = found.published.edtf if found.published else None
    assert (found.publisher, day, found.address) == (publisher, published, address)


def bring_in(text: str, office: Office) -> list[tuple[int, str]]:
    try:
        import_claims(text, by=SYSTEM, office=office)
    except ClaimsFileRefused as refused:
        return [(error.line, error.code) for error in refused.errors]
    return []


CIRCLE = file_of(
    {"edtf": "2016-02-18", "event": "memorandum", "instrument": "thematic MoU"},
    {"edtf": "2020-02-06", "event": "memorandum", "instrument": "thematic MoU"},
    {"edtf": "2020-02-06", "event": "supersedes the memorandum of 2016", "instrument": "thematic MoU"},
    {"edtf": "2016-02-18", "event": "supersedes the memorandum of 2020", "instrument": "thematic MoU"},
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "errors"),
    [
        (file_of({}, {"city": "Atlantis"}), [(3, "unknown_city")]),
        (file_of({}, {"city": "Suwon", "country": "ID"}), [(3, "unknown_city")]),
        (file_of({}, {"event": "MoU expired", "instrument": "expiry", "city": "Toyota", "country": "JP"}),
         [(3, "no_such_paper")]),
        (file_of({}, {"event": "party signed: Daegu"}), [(3, "unknown_party")]),
        (CIRCLE, [(2, "supersession_circle")]),
    ],
)  # fmt: skip
def test_a_refused_file_leaves_nothing_behind(empty_office: Office, text: str, errors: list[tuple[int, str]]) -> None:
    before = Entry.objects.count()
    assert bring_in(text, empty_office) == errors
    assert (Partnership.objects.count(), Claim.objects.count(), Entry.objects.count()) == (0, 0, before)


@pytest.mark.django_db
def test_two_sources_of_one_row_make_a_claim_each(empty_office: Office) -> None:
    done = import_claims(file_of({"source": "one page; another page"}), by=SYSTEM, office=empty_office)
    assert (done.rows, done.new, done.known) == (1, 2, 0)
    titles = Claim.objects.order_by("document__title").values_list("document__title", flat=True)
    assert list(titles) == ["another page", "one page"]
