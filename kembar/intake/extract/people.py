"""People with their offices: every distinct person once, under the fullest form of the name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from kembar.intake.extract import cjk_names, latin_names, names, senders
from kembar.intake.extract.document import Document
from kembar.intake.extract.latin_names import Candidate
from kembar.intake.extract.reading import Person

NAMED = "[A-ZÀ-Þ][A-Za-zÀ-ɏ'’.-]*"


@dataclass(slots=True)
class Group:
    best: Candidate
    mentions: list[Candidate] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)


def find(document: Document) -> list[Person]:
    """In the order of first mention. Nicknames ("akrab disapa Emil") and short forms are mentions, not people."""
    candidates = latin_names.find(document)
    wrote = list(senders.spans(document.text))
    accepted = [one for one in candidates if one.rule] + _bylines(document) + _senders(document, wrote)
    accepted.sort(key=lambda one: (-len(_parts(one)), one.start))
    groups: list[Group] = []
    by_part: dict[str, list[Group]] = {}
    for one in accepted:
        _join(groups, by_part, one)
    for one in candidates:
        if not one.rule:
            _mention(by_part, one)
    _aliases(document, groups, candidates)
    people = [_person(document, group) for group in groups]
    people += cjk_names.find(document, wrote)
    return sorted(people, key=lambda person: person.start)


def _parts(one: Candidate) -> list[str]:
    return [part.strip(".") for part in one.parts]


def _within(short: list[str], long: list[str]) -> bool:
    """Whether the short form's parts stand in the long one in order; an initial stands for its part."""
    at = 0
    for part in short:
        while at < len(long) and not (long[at] == part or (len(part) == 1 and long[at].startswith(part))):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _owner(by_part: dict[str, list[Group]], one: Candidate) -> Group | None:
    parts = _parts(one)
    for key in sorted(parts, key=len, reverse=True)[:1]:
        for group in by_part.get(key, ()):
            long = _parts(group.best)
            if _within(parts, long) or (len(parts) > 1 and _within([p for p in parts if len(p) > 1], long)):
                return group
    return None


def _join(groups: list[Group], by_part: dict[str, list[Group]], one: Candidate) -> None:
    group = _owner(by_part, one)
    if group is None:
        group = Group(one)
        groups.append(group)
        for part in _parts(one):
            by_part.setdefault(part, []).append(group)
    elif one.parts == group.best.parts and one.confidence > group.best.confidence:
        one.office, one.of = one.office or group.best.office, one.of or group.best.of
        group.best.confidence, group.best.rule = one.confidence, one.rule
    if group.best.office is None and one.office is not None:
        group.best.office, group.best.of = one.office, one.of
    group.mentions.append(one)


def _mention(by_part: dict[str, list[Group]], one: Candidate) -> None:
    group = _owner(by_part, one)
    if group is not None:
        group.mentions.append(one)


@cache
def _alias_pattern() -> re.Pattern[str]:
    phrases = "|".join(sorted(map(re.escape, names.phrases("offices", "aliases")), key=len, reverse=True))
    titles = "|".join(sorted(map(re.escape, names.phrases("offices", "titles")), key=len, reverse=True))
    return re.compile(rf"\b(?:{phrases})\s+[\"“'‘]?(?:(?i:{titles})\.?\s+)?({NAMED}(?: {NAMED})?)")


@cache
def _credit_pattern() -> re.Pattern[str]:
    keys = "|".join(map(re.escape, names.phrases("offices", "bylines")))
    return re.compile(rf"(?im)(?:^|\()\s*(?:{keys})\s*[:/]\s*(?-i:({NAMED}(?: {NAMED}){{1,3}}))\s*(?=[/)|,\n]|$)")


def _aliases(document: Document, groups: list[Group], candidates: list[Candidate]) -> None:
    """The nickname belongs to the person named last before it, and its later mentions with it."""
    for match in _alias_pattern().finditer(document.text):
        nickname = match.group(1).rstrip(".,'’")
        own = [one for one in groups if [part.casefold() for part in nickname.split()] == _parts(one.best)]
        before = [one for one in groups if one not in own and any(m.start < match.start() for m in one.mentions)]
        if not before:
            continue
        holder = max(before, key=lambda group: max(m.start for m in group.mentions if m.start < match.start()))
        holder.aliases.append(nickname)
        for one in own:
            holder.mentions += one.mentions
            groups.remove(one)


AUTHOR = re.compile(rf"(?m)^({NAMED}(?: {NAMED}){{1,3}})\s+[-–|,]\s+[A-Za-z]+(?:\.com|\.id|[A-Z]\w*)*$")


def _bylines(document: Document) -> list[Candidate]:
    """Who wrote or photographed, from lines that say so."""
    found = []
    for sentence in document.sentences:
        if not sentence.is_boilerplate:
            continue
        for pattern in (_credit_pattern(), AUTHOR):
            for match in pattern.finditer(document.text, sentence.start, sentence.end):
                parts = match.group(1).casefold().split()
                if not any(map(names.is_known, parts)) and not any(map(names.sounds_indonesian, parts)):
                    continue
                found.append(Candidate(0, 0, parts, match.start(1), match.end(1), "byline", 0.7))
    return found


def _senders(document: Document, wrote: list[tuple[int, int]]) -> list[Candidate]:
    """Who wrote in a chat, in Latin letters."""
    return [
        Candidate(0, 0, document.text[start:end].casefold().split(), start, end, "chat_sender", 0.8)
        for start, end in wrote
        if not cjk_names.EASTERN.match(document.text, start)
    ]


def _person(document: Document, group: Group) -> Person:
    best = group.best
    mentions = tuple(sorted({(one.start, one.end) for one in group.mentions}))
    return Person(
        start=best.start,
        end=best.end,
        rule=best.rule,
        confidence=best.confidence,
        name=" ".join(document.text[best.start : best.end].split()),
        office=best.office,
        of=best.of,
        aliases=tuple(dict.fromkeys(group.aliases)),
        mentions=mentions,
    )
