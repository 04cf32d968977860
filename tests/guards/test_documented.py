"""What an administrator or an officer can meet by name is described: settings, commands, permissions, journal verbs.

Why: a setting nobody described is set wrongly, and a page of documents that lists what no longer exists is worse than
none. How to satisfy: add or remove the line in the document the failing test names.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from kembar.access.permissions import EVERYONE, ROLE_PERMISSIONS, SCOPE_PERMISSIONS, Permission, Role
from tests.guards.tree import PRODUCT, ROOT, concepts, dotted, files, heights, product_code, short, syntax

DOCS = ROOT / "docs"
SETTING = re.compile(r"\bKEMBAR_[A-Z][A-Z_]*\b")


def names_in(path: str, pattern: str) -> list[str]:
    """What the first column of the tables of a document names."""
    return re.findall(rf"^\| `({pattern})`", (ROOT / path).read_text(encoding="utf-8"), re.M)


def test_every_setting_is_described_and_every_described_setting_exists() -> None:
    sources = [
        *files(".py", ".sh", under=ROOT / "config"),
        ROOT / "run",
        ROOT / "check",
        *files(".py", under=ROOT / "bench"),
    ]
    sources += product_code()
    read = {name for path in sources for name in SETTING.findall(path.read_text(encoding="utf-8"))}
    described = names_in("docs/running/settings.md", "KEMBAR_[A-Z_]+")
    assert sorted(read) == sorted(described)


def test_the_table_of_permissions_is_the_one_the_product_obeys() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \|[^|]*\|((?: (?:yes|–) \|)+)$",
        (DOCS / "running/permissions.md").read_text(encoding="utf-8"),
        re.M,
    )
    described = {name: [cell.strip() == "yes" for cell in cells.rstrip("|").split("|")] for name, cells in rows}
    assert described == {
        permission.value: [permission in ROLE_PERMISSIONS[role] | EVERYONE for role in Role]
        for permission in Permission
    }


def test_the_table_of_scopes_is_the_one_the_product_obeys() -> None:
    text = (DOCS / "running/permissions.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|((?: `\w+`,?)+) \|$", text, re.M)
    described = {name: set(re.findall(r"`(\w+)`", cells)) for name, cells in rows}
    assert described == {scope.value: {one.value for one in held} for scope, held in SCOPE_PERMISSIONS.items()}


def verbs_of_the_command() -> Iterator[str]:
    """The verbs `kembar` knows: literals given to add_parser in its entry point."""
    for path in [PRODUCT / "__main__.py", *files(".py", under=PRODUCT / "__main__")]:
        if path.exists():
            for node in ast.walk(syntax(path)):
                if isinstance(node, ast.Call) and dotted(node.func).endswith("add_parser"):
                    assert isinstance(node.args[0], ast.Constant), (
                        f"{short(path)}: a verb is a word, not {node.args[0]}"
                    )
                    yield str(node.args[0].value)


def test_every_command_is_described() -> None:
    timers = [path.stem for path in product_code() if path.parent.name == "commands" and path.stem != "__init__"]
    exist = [f"kembar {verb}" for verb in verbs_of_the_command()] + [f"manage.py {name}" for name in timers]
    described = names_in("docs/running/commands.md", r"(?:kembar|manage\.py) [a-z_-]+")
    assert sorted(exist) == sorted(described)


def journal_verbs(tree: ast.Module) -> Iterator[str]:
    """First arguments of calls of the journal: record() and Line(), as patterns: f"{kind}.settled" is any settled."""
    from_journal = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in {"kembar.journal", "kembar.journal.actions"}
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            chain = dotted(node.func).split(".")
            if chain[0] in from_journal and chain[-1] in {"record", "Line"}:
                yield pattern_of(node.args[0])


def pattern_of(verb: ast.expr) -> str:
    if isinstance(verb, ast.Constant):
        return re.escape(str(verb.value))
    if isinstance(verb, ast.JoinedStr):
        return "".join(pattern_of(part) if isinstance(part, ast.Constant) else "[a-z_]+" for part in verb.values)
    raise AssertionError(f"line {verb.lineno}: the verb of a journal line is written out where it is recorded")


def test_every_verb_of_the_journal_is_described() -> None:
    used = {verb for path in product_code() for verb in journal_verbs(syntax(path))}
    described = names_in("docs/language.md", r"[a-z_]+\.[a-z_]+")
    assert [verb for verb in used if not any(re.fullmatch(verb, name) for name in described)] == []
    assert [name for name in described if not any(re.fullmatch(verb, name) for verb in used)] == []


@pytest.mark.parametrize(
    "source",
    [
        "from kembar.journal.actions import record\nrecord('claim.rejected', by=by)",
        "from kembar.journal import actions as journal\njournal.record('claim.rejected', by=by)",
        "from kembar.journal.actions import record\nrecord(f'{kind}.rejected', by=by)",
        "from kembar.journal.actions import Line\nLine('claim.rejected', subject='claim:1')",
    ],
)
def test_the_guard_finds_the_verbs(source: str) -> None:
    [verb] = journal_verbs(ast.parse(source))
    assert re.fullmatch(verb, "claim.rejected")
    assert not re.fullmatch(verb, "claim.accepted")


def test_every_concept_is_a_word_of_the_glossary() -> None:
    glossary = (DOCS / "language.md").read_text(encoding="utf-8")
    domain = [concept for concept in concepts() if heights()[concept] > heights()["web"]]
    assert [concept for concept in domain if f"`{concept}`" not in glossary] == []
