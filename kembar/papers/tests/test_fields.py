"""Every field that real papers of this sort have is held by ours: field by field, in the text the office gets.

data/fields.toml has a line for each: the paper and the words that stand there, or where it goes instead.
"""

import tomllib
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kembar.papers.compose import ALL, Known, compose
from kembar.papers.document import said
from kembar.papers.fields import FIELDS
from kembar.papers.known import known_of, numbered
from kembar.papers.queries import composed, fitting, label, number_of
from kembar.papers.shipped import DATA, papers
from kembar.papers.tests.writing import whole
from kembar.procedure.models import Case
from kembar.procedure.queries.cases import case as loaded

TODAY = date(2026, 11, 22)
GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guide" / "papers.md"
# What stays blank although everything was filled in: the plan's own cells, and articles that nobody has read.
ALWAYS = {
    "draft_memorandum": {("text", "ko")}, "staff_study": {("basis_doubtful", "id")},
    "cooperation_plan": {("basis_doubtful", "id"), ("plan_aims", "id"), ("plan_means", "id")},
    "press_release": {("text", "ko")},
}  # fmt: skip
# What stands on a paper only at the end of the road, or only where one paper builds on another.
LATER = ("deposit_number", "deposit_date", "certified_number", "certified_date", "earlier_title", "earlier_date",
         "parent_article", "unit_own", "unit_partner", "activities", "responsibilities", "data_rule")  # fmt: skip


def sorts() -> list[dict[str, Any]]:
    return list(tomllib.loads((DATA / "fields.toml").read_text(encoding="utf-8"))["sort"])


def elsewhere() -> dict[str, str]:
    return dict(tomllib.loads((DATA / "fields.toml").read_text(encoding="utf-8"))["elsewhere"])


def text_of(code: str, case: Case, known: Known) -> str:
    """What the paper says; of the memorandum at its start, where it still refers to the letter of intent, and later."""
    text = papers()[code]
    languages = ("id", "ko") if text.column else ("id",)
    later = replace(known, texts={one: {ALL: f"isi {one}"} for one in LATER} | dict(known.texts))
    found = []
    for one in (numbered(known, number_of(case, paper=code)), later):
        made = compose(text, one, languages=languages, label=lambda field, language: label(field, language=language))
        found += said(made.document)
    return "\n".join(found)


@pytest.mark.django_db
def test_every_field_of_a_real_paper_is_held_and_nothing_else_is_missing() -> None:
    made = whole()
    case = loaded(made.pk, office_id=made.office_id)
    texts = fitting(case)
    assert [text.code for text in texts] == [
        "letter_of_intent", "staff_study", "internal_note", "cooperation_plan", "council_letter", "record_of_approval",
        "ministry_letter", "draft_memorandum", "full_powers_request", "press_release", "chase_letter",
    ]  # fmt: skip
    lacks = {text.code: composed(text, case=case, column="ko" if text.column else "", on=TODAY).lacks for text in texts}
    assert {code: {(lack.code, lack.language) for lack in found} for code, found in lacks.items()} == {
        text.code: ALWAYS.get(text.code, set()) for text in texts
    }
    known = known_of(case, languages=("id", "ko"), on=TODAY)
    held = {code: text_of(code, case, known) for code in papers()}
    missing = [(sort["name"], one["field"]) for sort in sorts() for one in sort["fields"]
               if "paper" in one and one["words"] not in held[one["paper"]]]  # fmt: skip
    assert missing == []


def test_every_field_stands_in_a_paper_or_goes_somewhere_that_the_guide_names() -> None:
    places = [sorted({*one} - {"field"}) for sort in sorts() for one in sort["fields"]]
    assert [one for one in places if one not in (["elsewhere"], ["paper", "words"])] == []
    gone: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sort in sorts():
        for one in sort["fields"]:
            if "elsewhere" in one:
                gone[sort["name"], elsewhere()[one["elsewhere"]]].append(one["field"])
    table = GUIDE.read_text(encoding="utf-8").partition("| sort of paper |")[2].splitlines()[2:]
    rows = [row.strip("| ").split(" | ") for row in table if row.startswith("| ")]
    assert {(name, where): fields for name, fields, where in rows} == {
        key: "; ".join(fields) for key, fields in gone.items()
    }


def test_every_paper_has_fields_of_real_ones_to_answer_for() -> None:
    assert {one["paper"] for sort in sorts() for one in sort["fields"] if "paper" in one} == set(papers())
    assert set(LATER) <= set(FIELDS)
