"""How well and how fast the reader reads: `./measure reader`.

Figures per half and per language, over texts with gold, read in this process: those of the tests (given), and the two
halves of bench/corpus: the rules were written with the one (seen) and never with the other (unseen). Then the time of
the reader against one pass of a regular expression over the same texts: the floor, what it costs to look at letters.
Agreement between a finding and the gold: spans that share half of the shorter one, and the same value.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

FIELDS = ("cities", "people", "dates", "money", "sectors", "agreements", "commitments")
FLOOR = re.compile(r"\w+")
HERE = Path(__file__).parent
GIVEN = HERE.parent / "kembar" / "intake" / "extract" / "tests" / "texts"


@dataclass
class Tally:
    """Right ones among the found, the found, right ones among the gold, the gold."""

    right_found: int = 0
    found: int = 0
    right_gold: int = 0
    gold: int = 0

    def add(self, right_found: int, found: int, right_gold: int, gold: int) -> None:
        self.right_found += right_found
        self.found += found
        self.right_gold += right_gold
        self.gold += gold

    @property
    def f1(self) -> float | None:
        """None where neither side has anything."""
        if not self.found and not self.gold:
            return None
        precision = self.right_found / self.found if self.found else 0.0
        recall = self.right_gold / self.gold if self.gold else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass
class Figures:
    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FIELDS})
    modality: Tally = field(default_factory=Tally)
    checks: Tally = field(default_factory=Tally)
    texts: int = 0


def fold(name: str) -> str:
    return " ".join(name.casefold().replace(".", " ").split())


def overlap(one: dict[str, Any], other: dict[str, Any]) -> float:
    shared = min(one["end"], other["end"]) - max(one["start"], other["start"])
    shorter = min(one["end"] - one["start"], other["end"] - other["start"])
    return shared / shorter if shared > 0 and shorter > 0 else 0.0


def same_city(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    return fold(gold["name"]) == fold(found["name"]) and gold["country"] == found["country"]


def same_date(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    return not gold["values"] or found["value"] in gold["values"]


def same_sum(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    near = abs(gold["amount"] - found["amount"]) <= 0.001 * abs(gold["amount"])
    return bool(gold["currency"] == found["currency"] and near)


SAME: dict[str, Callable[[dict[str, Any], dict[str, Any]], bool]] = {
    "cities": same_city,
    "dates": same_date,
    "money": same_sum,
}


def by_span(tally: Tally, gold: list[dict[str, Any]], found: list[dict[str, Any]], name: str) -> None:
    free = list(found)
    right = forgiven = 0
    for item in gold:
        hit = next((one for one in free if overlap(item, one) >= 0.5 and SAME[name](item, one)), None)
        if hit is not None:
            free.remove(hit)
            right += not item.get("optional")
            forgiven += bool(item.get("optional"))
    optional = [item for item in gold if item.get("optional")]
    forgiven += sum(any(overlap(item, one) > 0 for item in optional) for one in free)
    tally.add(right, len(found) - forgiven, right, len(gold) - len(optional))


def agreements(tally: Tally, gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> None:
    free = list(found)
    for item in gold:
        parties = {fold(party) for party in item["parties"]}
        hit = next((one for one in free if (one["kind"], one["status"]) == (item["kind"], item["status"])
                    and parties & {fold(party) for party in one["parties"]}), None)  # fmt: skip
        if hit is not None:
            free.remove(hit)
    right = len(found) - len(free)
    tally.add(right, len(found), right, len(gold))


def promises(figures: Figures, gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> None:
    required = [item for item in gold if item["required"]]
    hits = [[one for one in found if overlap(item, one) >= 0.5] for item in required]
    right_found = sum(any(overlap(item, one) >= 0.5 for item in gold) for one in found)
    figures.tallies["commitments"].add(right_found, len(found), sum(map(bool, hits)), len(required))
    agreed = sum(
        any(one["modality"] == item["modality"] for one in near) for item, near in zip(required, hits, strict=True)
    )
    met = sum(map(bool, hits))
    figures.modality.add(agreed, met, agreed, met)


def compare(figures: Figures, gold: dict[str, Any], found: dict[str, Any]) -> None:
    figures.texts += 1
    for name in SAME:
        by_span(figures.tallies[name], gold[name], found[name], name)
    for name in ("people", "sectors"):
        if gold[name] is None:
            continue
        want, have = {fold(one) for one in gold[name]}, {fold(one) for one in found[name]}
        figures.tallies[name].add(len(want & have), len(have), len(want & have), len(want))
    if gold["agreements"] is not None:
        agreements(figures.tallies["agreements"], gold["agreements"], found["agreements"])
    promises(figures, gold["commitments"], found["commitments"])
    raised = {check["kind"] for check in found["checks"]}
    right = len(set(gold["checks"]) & raised)
    figures.checks.add(right, right, right, len(set(gold["checks"])))


def texts_of(corpus: Path | None) -> list[tuple[str, str, dict[str, Any], str]]:
    """(half, name, gold, text) of every folder with gold: the half is the folder just below the corpus, or "given"."""
    found = []
    for path in (*sorted(GIVEN.glob("*/gold.json")), *(sorted(corpus.glob("**/gold.json")) if corpus else ())):
        half = path.relative_to(corpus).parts[0] if corpus and path.is_relative_to(corpus) else "given"
        text = (path.parent / "text.txt").read_text(encoding="utf-8")
        found.append((half, path.parent.name, json.loads(path.read_text(encoding="utf-8")), text))
    return found


def line(name: str, figures: Figures) -> str:
    values = [figures.tallies[one].f1 for one in FIELDS] + [figures.modality.f1, figures.checks.f1]
    shown = "".join(f"{'–' if value is None else f'{value:.2f}':>12}" for value in values)
    return f"{name:16}{figures.texts:6}{shown}"


def speed(texts: list[str]) -> None:
    from kembar.intake.extract import read

    def seconds(work: Callable[[str], object]) -> float:
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            for text in texts:
                work(text)
            best = min(best, time.process_time() - begun)
        return best

    letters = sum(map(len, texts))
    reader, floor = seconds(lambda text: read(text)), seconds(lambda text: FLOOR.findall(text))
    each = reader / letters * 4_000_000
    print(f"\n{len(texts) / reader:.0f} texts a second and core, {each:.1f} ms for 4,000 characters")
    print(f"{reader / floor:.0f} times one pass of a regular expression over the same texts")
    long = "\n\n".join(texts)
    for size in (50_000, 200_000):
        piece = (long * (size // len(long) + 1))[:size]
        begun = time.process_time()
        read(piece)
        print(f"{size:>8} characters: {(time.process_time() - begun) * 1000:.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus")
    parser.add_argument("--only", help="one half: seen or unseen")
    chosen = parser.parse_args()
    begun = time.perf_counter()
    from kembar.intake.extract import read

    read("Kota Bandung dan Kota Suwon bekerja sama. 수원시 南宁市")
    print(f"started and first text read in {time.perf_counter() - begun:.2f} s\n")
    groups: dict[str, Figures] = defaultdict(Figures)
    texts = [one for one in texts_of(chosen.corpus) if chosen.only in {None, one[0]}]
    for half, _, gold, text in texts:
        published = date.fromisoformat(gold["published"]) if gold["published"] else None
        found = read(text, published=published).as_json()
        for group in (half, f"{half} {gold['lang']}"):
            compare(groups[group], gold, found)
    print(f"{'F1':16}{'texts':>6}" + "".join(f"{name:>12}" for name in (*FIELDS, "modality", "checks")))
    for name in sorted(groups):
        print(line(name, groups[name]))
    speed([text for _, _, _, text in texts])


if __name__ == "__main__":
    main()
