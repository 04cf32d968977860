"""In which line of a template's text a fault lies: a person looks for a line, not for a path of keys."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kembar.procedure.template import Fault

_TABLE = re.compile(r"\s*\[\[?\s*([A-Za-z_]+)(?:\s*\.\s*([A-Za-z_]+))?\s*\]\]?")
_KEY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*[=.]""")
_NAMED = re.compile(r"""\s*(?:code|no)\s*=\s*"?([^"\s#]+)""")
# What a fault of this code is about, where its place does not name the key.
_KEY_OF = {"unknown_holder": "holder", "unknown_basis": "basis", "stage_order": "reaches", "unknown_record": "records",
           "half_verified": "verified_by", "ends_before_it_begins": "valid_to", "twice": "code",
           "version_taken": "version", "other_side": "side"}  # fmt: skip


@dataclass(slots=True)
class _Block:
    """One table of the file: where it begins, what it is called, and the line of each key."""

    table: str
    start: int
    name: str = ""
    keys: dict[str, int] = field(default_factory=dict)


def placed(text: str, faults: Sequence[Fault]) -> list[Fault]:
    """The faults with their lines, in the order of the file; those in no line come last."""
    blocks = _blocks(text)
    found = [fault if fault.line else replace(fault, line=_line(fault, blocks)) for fault in faults]
    return sorted(found, key=lambda fault: fault.line or len(text))


def _blocks(text: str) -> list[_Block]:
    found = [_Block("file", 0)]
    for number, line in enumerate(text.splitlines(), start=1):
        table = _TABLE.match(line)
        if table and table[2] and found[-1].table == table[1]:
            found[-1].keys.setdefault(table[2], number)
        elif table:
            found.append(_Block(table[1], number))
        elif key := _KEY.match(line):
            block = found[-1]
            block.keys.setdefault(key[1] or key[2] or key[3], number)
            named = _NAMED.match(line)
            if named and not block.name:
                block.name = named[1]
    return found


def _line(fault: Fault, blocks: Sequence[_Block]) -> int:
    head, *rest = fault.where.split(": ")
    table, _, name = head.partition(" ")
    if table in blocks[0].keys and len(rest) < 2:  # steps_of: id-none@1
        return blocks[0].keys[table]
    fitting = [block for block in blocks if block.table == table and name in ("", block.name)]
    if table == "holders":
        fitting, rest = [block for block in blocks if block.table == "holders"], [name or (rest or [""])[0]]
    if not fitting:
        return 0
    block = fitting[-1] if fault.code == "twice" else fitting[0]
    words = [word for part in rest for word in (part, part.split(" ")[0], part.split(".")[0])]
    wanted = [*words, _KEY_OF.get(fault.code, "")]
    return next((block.keys[word] for word in wanted if word in block.keys), block.start)
