"""Every field that real papers of this sort have is held by ours: field by field, in the text the office gets.

data/fields.tsv has a line for each: the paper, the field, and the words that stand there. The fields are those of the
letters of intent, memoranda, plans, terms of reference, staff papers and council files that were read. Left out, as
they belong to papers of another sort: visits and travel, reports, press releases.
"""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from kembar.papers.document import said
from kembar.papers.queries import composed, fitting
from kembar.papers.tests.writing import whole
from kembar.papers.text import PaperText
from kembar.procedure.models import Case
from kembar.procedure.queries.cases import case as loaded

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).parent / "data" / "fields.tsv"
# What stays blank although everything was filled in: the plan's own cells, and articles that nobody has read.
ALWAYS = {
    "draft_memorandum": {("text", "ko")}, "staff_study": {("basis_doubtful", "id")},
    "cooperation_plan": {("basis_doubtful", "id"), ("plan_aims", "id"), ("plan_means", "id")},
}  # fmt: skip


def table() -> dict[str, list[tuple[str, str]]]:
    """Paper → (field, words) of each of its lines."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            found[row["paper"]].append((row["field"], row["words"]))
    return found


def lacking(text: PaperText, case: Case) -> tuple[list[str], set[tuple[str, str]]]:
    """Fields of the table that the paper does not hold, and what it lists as missing."""
    made = composed(text, case=case, column="ko" if text.column else "", on=date(2026, 11, 22))
    whole_text = "\n".join(said(made.document))
    missing = [field for field, words in table()[text.code] if words not in whole_text]
    return missing, {(lack.code, lack.language) for lack in made.lacks}


def test_every_field_of_a_real_paper_is_held_and_nothing_else_is_missing() -> None:
    made = whole()
    case = loaded(made.pk, office_id=made.office_id)
    texts = fitting(case)
    assert [text.code for text in texts] == [
        "letter_of_intent", "staff_study", "internal_note", "cooperation_plan", "council_letter", "record_of_approval",
        "ministry_letter", "draft_memorandum", "full_powers_request",
    ]  # fmt: skip
    assert {text.code: lacking(text, case) for text in texts} == {
        text.code: ([], ALWAYS.get(text.code, set())) for text in texts
    }
