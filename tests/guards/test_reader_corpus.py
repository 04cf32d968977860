"""The texts the reader is measured with stay whole: a wrong offset would be counted as the reader's mistake.

Failures name the folder, never the text: the unseen half stays unseen.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "bench" / "corpus"
PAIRS = sorted(path.parent for half in ("seen", "unseen") for path in (CORPUS / half).glob("*/gold.json"))
SECTORS = {
    "ai_digital",
    "agriculture",
    "health",
    "green_economy",
    "waste",
    "transport_ev",
    "creative_economy",
    "msme",
    "education",
    "vocational",
    "culture",
    "tourism",
    "trade_investment",
    "governance",
    "disaster_resilience",
    "youth",
    "sport",
    "urban_planning",
    "research",
    "social_media",
}
EDTF = re.compile(r"[\dX]{4}(-[\dX]{2}(-[\dX]{2})?)?")


def pair(folder: Path) -> tuple[str, dict[str, Any]]:
    text = (folder / "text.txt").read_text(encoding="utf-8")
    return text, json.loads((folder / "gold.json").read_text(encoding="utf-8"))


def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_build", CORPUS / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def broken_spans(text: str, gold: dict[str, Any]) -> list[tuple[str, int]]:
    """Spans outside the text, empty, or with a blank edge."""
    broken = []
    for key in ("cities", "dates", "money", "commitments"):
        for item in gold[key]:
            piece = text[item["start"] : item["end"]]
            inside = 0 <= item["start"] < item["end"] <= len(text)
            if not inside or piece != piece.strip():
                broken.append((key, item["start"]))
    return broken


def wrong_values(text: str, gold: dict[str, Any]) -> list[str]:
    wrong = [f"person {i}" for i, name in enumerate(gold["people"]) if not name or name not in text]
    wrong += [
        f"city at {c['start']}" for c in gold["cities"] if not (c["name"] and re.fullmatch("[A-Z]{2}", c["country"]))
    ]
    wrong += [f"date at {d['start']}" for d in gold["dates"] if not (d["values"] or d.get("optional"))]
    wrong += [f"date at {d['start']}" for d in gold["dates"] for v in d["values"] if not EDTF.fullmatch(v)]
    wrong += [f"money at {m['start']}" for m in gold["money"] if m["amount"] <= 0 or len(m["currency"]) != 3]
    wrong += sorted(set(gold["sectors"]) - SECTORS)
    for a in gold["agreements"]:
        kind_known = a["kind"] in {"loi", "mou", "ia", "sister_city", "friendship", "other"}
        if not kind_known or a["status"] not in {"signed", "planned", "expired", "explored"} or len(a["parties"]) < 2:
            wrong.append(f"agreement {a['kind']} {a['status']}")
    for c in gold["commitments"]:
        if c["modality"] not in {"planned", "hoped", "offered", "done"} or (c["required"] and not c["actor"]):
            wrong.append(f"commitment at {c['start']}")
    return wrong + sorted(set(gold["checks"]) - {"weekday_mismatch", "missing_year", "count_claim"})


def sentences(text: str) -> set[str]:
    return {s for s in (re.sub(r"\W+", " ", p).strip() for p in re.split(r"[.!?。!?\n]", text)) if len(s) > 40}


@pytest.mark.parametrize("folder", PAIRS, ids=lambda folder: f"{folder.parent.name}/{folder.name[:6]}")
def test_a_pair_is_whole_and_survives_being_shown_and_compiled_again(folder: Path) -> None:
    text, gold = pair(folder)
    assert broken_spans(text, gold) == []
    assert wrong_values(text, gold) == []
    assert gold["lang"] == folder.name.split("_")[1]
    build = builder()
    ((_, _, again_text, again_gold),) = build.texts(build.show(folder))
    assert hash(again_text) == hash(text)
    assert {key: hash(str(value)) for key, value in again_gold.items()} == {
        key: hash(str(value)) for key, value in gold.items()
    }


def test_every_language_keeps_texts_nobody_read_while_writing_rules() -> None:
    count = Counter((folder.name.split("_")[1], folder.parent.name) for folder in PAIRS)
    languages = {lang for lang, _ in count}
    assert languages == {"id", "en", "ko", "zh"}
    assert [lang for lang in sorted(languages) if count[lang, "unseen"] < 9] == []


def test_no_sentence_stands_in_two_texts() -> None:
    homes = Counter(sentence for folder in PAIRS for sentence in sentences(pair(folder)[0]))
    assert sum(number > 1 for number in homes.values()) == 0
