"""The cues of promises: which words say that something is planned, hoped, offered or done, and what makes them void."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kembar.intake.extract.lexicon import load

HANGUL = range(0xAC00, 0xD7A4)
# "{n}" in a pattern: any syllable that ends in ㄴ, as the present of Korean verbs does before 다.
ENDS_IN_N = "[" + "".join(chr(code) for code in HANGUL if (code - HANGUL.start) % 28 == 4) + "]"


LONGEST = 600
AT_AN_EDGE = re.compile(r"(?:\(\?<[!=][^()]*\))*\\b")
PART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]|[()|]|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cue:
    """`modality` "none" takes the words away from later cues: "akan menjadi peluang" promises nothing."""

    name: str
    modality: str


@dataclass(frozen=True, slots=True)
class Hit:
    cue: Cue
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cues:
    """The compiled file of one language. `last`: the predicate stands last, so the last cue of a clause counts."""

    pattern: re.Pattern[str]
    by_group: dict[str, Cue]
    negation: re.Pattern[str]
    refusal: re.Pattern[str] | None
    clause: re.Pattern[str]
    conditional: re.Pattern[str]
    recurring: re.Pattern[str]
    hearsay: re.Pattern[str] | None
    last: bool
    alone: tuple[tuple[re.Pattern[str], Cue], ...] = ()

    def fallback(self, text: str) -> Hit | None:
        """The first of the weak cues, which count only where no other does. They look ahead: a long clause is cut."""
        text = text[:LONGEST]
        for pattern, cue in self.alone:
            match = pattern.search(text)
            if match is not None and not self.negation.search(text[max(0, match.start() - 30) : match.start()]):
                return Hit(cue, match.start(), match.end())
        return None

    def hits(self, text: str) -> Iterator[Hit]:
        """Cues that hold, in order; those under a negation are left out."""
        position = 0
        while match := self.pattern.search(text, position):
            cue = self.by_group[match.lastgroup or ""]
            position = max(match.end(), position + 1)
            if self.negation.search(text[max(0, match.start() - 30) : match.start()]):
                continue
            if self.refusal is not None and self.refusal.search(text[match.end() - 2 : match.end() + 12]):
                continue
            yield Hit(cue, match.start(), match.end())


def _branches(pattern: str) -> list[str]:
    """The alternatives of a pattern that stand in no group."""
    depth, branches = 0, [""]
    for part in PART.findall(pattern):
        depth += {"(": 1, ")": -1}.get(part, 0)
        if part == "|" and depth == 0:
            branches.append("")
        else:
            branches[-1] += part
    return branches


def _joined(strong: list[dict[str, str]]) -> str:
    """One pattern of all cues; where each begins at the edge of a word, no other place is tried."""
    whole = "|".join(f"(?P<c{number}>{one['pattern']})" for number, one in enumerate(strong))
    edges = all(AT_AN_EDGE.match(branch) for one in strong for branch in _branches(one["pattern"]))
    return rf"\b(?:{whole})" if edges else whole


@cache
def of(language: str) -> Cues | None:
    """None for a language without a file."""
    table = load("promises", language)
    if "cues" not in table:
        return None
    listed = table["cues"] + load("promises", table.get("also", "")).get("cues", [])
    strong = [one for one in listed if not one.get("alone")]
    by_group = {f"c{number}": Cue(one["name"], one["modality"]) for number, one in enumerate(strong)}
    refusal = table.get("refusal")
    return Cues(
        pattern=re.compile(_joined(strong), re.IGNORECASE),
        by_group=by_group,
        negation=re.compile(table["negation"], re.IGNORECASE),
        refusal=re.compile(refusal) if refusal else None,
        clause=re.compile(table["clause"], re.IGNORECASE),
        conditional=re.compile(table["conditional"], re.IGNORECASE),
        recurring=re.compile(table["recurring"], re.IGNORECASE),
        hearsay=re.compile(table["hearsay"], re.IGNORECASE) if "hearsay" in table else None,
        last=bool(table.get("last")),
        alone=tuple(
            (re.compile(one["pattern"].replace("{n}", ENDS_IN_N), re.IGNORECASE), Cue(one["name"], one["modality"]))
            for one in listed
            if one.get("alone")
        ),
    )
