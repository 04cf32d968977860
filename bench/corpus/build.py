#!/usr/bin/env python3
"""Keep the reader's corpus: marked-up texts in, pairs of text.txt and gold.json out, and back.

    build.py add FILE [HALF] compile the texts of FILE into HALF; without it each language is dealt at random to both
    build.py show FOLDER     print one pair as marked-up text, to correct it
    build.py replace FOLDER FILE   compile the one text of FILE over an existing pair

The markup is described in README.md beside this file.
"""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
HALVES = ("seen", "unseen")
MODALITIES = {"p": "planned", "h": "hoped", "o": "offered", "d": "done"}
PROMISE = re.compile(r"\{([phod])(\??)\|([^|>]*)(?:>([^|]*))?\|([^|]*)\|([^|]*)\|")
MARK = re.compile(r"<([^<>=\n]+)=([^<>\n]+)>")
HEAD = re.compile(r"=== (\w+) ([\w-]+) (\d{4}-\d\d-\d\d|-)\n((?:[PSAKC]:.*\n)*)---\n")

Gold = dict[str, Any]


class MarkupError(ValueError):
    """A text that cannot be compiled; the message names the text and the place."""


def city_of(mark: str) -> dict[str, Any]:
    optional = mark.endswith("?")
    name, _, country = mark.rstrip("?").rpartition("/")
    if not name or len(country) != 2:
        raise MarkupError(f"not NAME/COUNTRY: {mark!r}")
    return {"name": name.strip(), "country": country} | ({"optional": True} if optional else {})


def aliases(line: str) -> dict[str, dict[str, Any]]:
    """ "Siantar=Pematangsiantar/ID, Linyi/CN" as surface to city."""
    found = {}
    for part in filter(None, (p.strip() for p in line.split(","))):
        surface, _, mark = part.rpartition("=")
        city = city_of(mark)
        found[surface.strip() or city["name"]] = city
    return found


def city_pattern(surfaces: dict[str, dict[str, Any]]) -> re.Pattern[str] | None:
    """Longest name first; a Latin name only as a whole word, as printed or in capitals."""
    if not surfaces:
        return None
    forms = []
    for surface in sorted(surfaces, key=len, reverse=True):
        for form in dict.fromkeys((surface, surface.upper())):
            plain = re.escape(form)
            forms.append(rf"(?<!\w){plain}(?!\w)" if form.isascii() or form[0] < "\u0500" else plain)
    return re.compile(rf"([~^]?)({'|'.join(forms)})")


def unmark(source: str, gold: Gold) -> str:
    """The text without dates, money, explicit cities and promises, which go to `gold`."""
    text = ""
    opened: list[dict[str, Any]] = []
    at = 0
    while at < len(source):
        if promise := PROMISE.match(source, at):
            code, doubt, actor, counterpart, action, due = promise.groups()
            opened.append(
                {
                    "start": len(text),
                    "end": 0,
                    "actor": actor or None,
                    "counterpart": counterpart or None,
                    "action": action,
                    "due": due or None,
                    "modality": MODALITIES[code],
                    "required": not doubt,
                }
            )
            at = promise.end()
        elif mark := MARK.match(source, at):
            span = {"start": len(text), "end": len(text) + len(mark[1])}
            note(gold, span, mark[2])
            text += mark[1]
            at = mark.end()
        elif source[at] == "}" and opened:
            gold["commitments"].append(opened.pop() | {"end": len(text)})
            at += 1
        else:
            text += source[at]
            at += 1
    if opened:
        raise MarkupError(f"promise never closed: {opened[-1]['action']!r}")
    return text


def note(gold: Gold, span: dict[str, int], value: str) -> None:
    optional = {"optional": True} if value.endswith("?") else {}
    value = value.rstrip("?")
    if value.startswith("$"):
        amount, currency = value[1:].split(" ")
        number = float(amount)
        gold["money"].append(
            span | {"amount": int(number) if number.is_integer() else number, "currency": currency} | optional
        )
    elif value.startswith("@"):
        gold["cities"].append(span | city_of(value[1:]) | optional)
    else:
        gold["dates"].append(span | {"values": [v for v in value.split(",") if v]} | optional)


def place(text: str, gold: Gold, surfaces: dict[str, dict[str, Any]]) -> str:
    """Note every mention of the header's cities; `~` and `^` go out of the text and all offsets follow."""
    pattern = city_pattern(surfaces)
    if pattern is None:
        return text
    upper = {s.upper(): s for s in surfaces}
    explicit = [(c["start"], c["end"]) for c in gold["cities"]]
    cuts: list[int] = []
    found = []
    for hit in pattern.finditer(text):
        if hit[1]:
            cuts.append(hit.start())
        inside = any(start <= hit.start(2) < end for start, end in explicit)
        if hit[1] != "~" and not inside:
            city = surfaces.get(hit[2]) or surfaces[upper[hit[2]]]
            found.append({"start": hit.start(2), "end": hit.end(2)} | city | ({"optional": True} if hit[1] else {}))
    gold["cities"] += found
    for key in ("cities", "dates", "money", "commitments"):
        for item in gold[key]:
            for edge in ("start", "end"):
                item[edge] -= sum(cut < item[edge] for cut in cuts)
        gold[key].sort(key=lambda item: (item["start"], item["end"]))
    return "".join(c for i, c in enumerate(text) if i not in set(cuts))


def compile_text(lang: str, published: str, head: str, body: str) -> tuple[str, Gold]:
    lines = [(line[0], line[2:].strip()) for line in head.splitlines()]
    rows = {key: value for key, value in lines if key != "A"}
    gold: Gold = {
        "lang": lang,
        "published": None if published == "-" else published,
        "source": "own",
        "cities": [],
        "people": [p.strip() for p in rows.get("P", "").split(";") if p.strip()],
        "dates": [],
        "money": [],
        "sectors": sorted(s.strip() for s in rows.get("S", "").split(",") if s.strip()),
        "agreements": [],
        "commitments": [],
        "checks": sorted(s.strip() for s in rows.get("K", "").split(",") if s.strip()),
    }
    for key, value in lines:
        if key == "A" and value:
            kind, status, rest = value.split(" ", 2)
            parties, _, date = rest.partition(" @ ")
            gold["agreements"].append(
                {
                    "kind": kind,
                    "parties": [p.strip() for p in parties.split(",")],
                    "status": status,
                    "date": date or None,
                }
            )
    text = place(unmark(body.strip() + "\n", gold), gold, aliases(rows.get("C", "")))
    return text, gold


def texts(source: str) -> list[tuple[str, str, str, Gold]]:
    heads = list(HEAD.finditer(source))
    if len(heads) != len(re.findall(r"^=== ", source, re.M)):
        raise MarkupError("a header is not as README.md describes it")
    done = []
    for i, head in enumerate(heads):
        body = source[head.end() : heads[i + 1].start() if i + 1 < len(heads) else len(source)]
        try:
            text, gold = compile_text(head[1], head[3], head[4], body)
        except (MarkupError, ValueError, KeyError) as error:
            raise MarkupError(f"{head[2]}: {error}") from error
        done.append((head[1], head[2], text, gold))
    return done


def write(folder: Path, text: str, gold: Gold) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "text.txt").write_text(text, encoding="utf-8")
    (folder / "gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def add(source: str, halves: tuple[str, ...] = HALVES) -> list[Path]:
    """Deals pairwise, so that what the halves of a language gain never differs by more than one text."""
    made = []
    folders = [p.name for half in HALVES for p in (HERE / half).glob("*/")]
    number = max((int(name[:3]) for name in folders), default=0)
    waiting: dict[str, list[str]] = {}
    for lang, slug, text, gold in texts(source):
        if not waiting.get(lang):
            waiting[lang] = random.SystemRandom().sample(halves, len(halves))
        number += 1
        folder = HERE / waiting[lang].pop() / f"{number:03d}_{lang}_{slug}"
        write(folder, text, gold)
        made.append(folder)
    return made


def show(folder: Path) -> str:
    """The marked-up text that compiles to this pair."""
    text = (folder / "text.txt").read_text(encoding="utf-8")
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    for c in sorted(gold["commitments"], key=lambda c: (c["start"], -c["end"])):
        doubt = "" if c["required"] else "?"
        start = (
            f"{{{c['modality'][0]}{doubt}|{c['actor'] or ''}>{c['counterpart'] or ''}|{c['action']}|{c['due'] or ''}|"
        )
        opening[c["start"]] = opening.get(c["start"], "") + start
        closing[c["end"]] = closing.get(c["end"], "") + "}"
    for key in ("cities", "dates", "money"):
        for item in gold[key]:
            if key == "cities":
                value = f"@{item['name']}/{item['country']}"
            else:
                value = f"${item['amount']} {item['currency']}" if key == "money" else ",".join(item["values"])
            opening[item["start"]] = opening.get(item["start"], "") + "<"
            mark = f"={value}{'?' if item.get('optional') else ''}>"
            closing[item["end"]] = mark + closing.get(item["end"], "")
    body = "".join(closing.get(i, "") + opening.get(i, "") + c for i, c in enumerate(text)) + closing.get(len(text), "")
    head = [
        f"=== {gold['lang']} {folder.name.split('_', 2)[2]} {gold['published'] or '-'}",
        f"P: {'; '.join(gold['people'])}",
        f"S: {', '.join(gold['sectors'])}",
    ]
    for a in gold["agreements"]:
        when = f" @ {a['date']}" if a["date"] else ""
        head.append(f"A: {a['kind']} {a['status']} {', '.join(a['parties'])}{when}")
    head.append(f"K: {', '.join(gold['checks'])}")
    return "\n".join(head) + "\n---\n" + body


def main(words: list[str]) -> int:
    match words:
        case ["add", file, *half] if set(half) <= set(HALVES):
            made = add(Path(file).read_text(encoding="utf-8"), halves=tuple(half) or HALVES)
            for half in HALVES:
                print(half, sum(folder.parent.name == half for folder in made))
        case ["show", folder]:
            print(show(Path(folder)), end="")
        case ["replace", folder, file]:
            ((_, _, text, gold),) = texts(Path(file).read_text(encoding="utf-8"))
            write(Path(folder), text, gold)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
