"""What the guards read: the files of the product, their syntax, and the order of concepts from pyproject.toml."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "kembar"
# What a clone does not hold.
NOT_OURS = {".git", ".venv", ".check", "var", "node_modules", ".hypothesis", "__pycache__"}


def files(*endings: str, under: Path = ROOT) -> list[Path]:
    """All files of the repository with one of these endings, sorted."""
    found: list[Path] = []
    for path in under.iterdir() if under.is_dir() else []:
        if path.is_dir():
            if path.name not in NOT_OURS and not path.name.endswith("_cache"):
                found += files(*endings, under=path)
        elif path.name.endswith(endings):
            found.append(path)
    return sorted(found)


def short(path: Path) -> str:
    """The path as a person names it."""
    return path.relative_to(ROOT).as_posix()


def product_code() -> list[Path]:
    """Python of the product itself: no tests, no migrations."""
    return [path for path in files(".py", under=PRODUCT) if not {"tests", "migrations"} & set(path.parts)]


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def concept_of(path: Path) -> str:
    """`kembar/agreements/models.py` → `agreements`; "" outside of a concept."""
    parts = path.relative_to(PRODUCT).parts if path.is_relative_to(PRODUCT) else ()
    return parts[0] if len(parts) > 1 else ""


def concepts() -> list[str]:
    """The folders that exist, by name."""
    return sorted(path.name for path in PRODUCT.iterdir() if (path / "__init__.py").exists())


@cache
def pyproject() -> dict[str, dict[str, dict[str, object]]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def contract(name: str) -> dict[str, list[str]]:
    """One contract of import-linter by its id."""
    contracts: list[dict[str, list[str]]] = pyproject()["tool"]["importlinter"]["contracts"]  # type: ignore[assignment]
    return next(found for found in contracts if str(found["id"]) == name)


@cache
def heights() -> dict[str, int]:
    """Concept → how high it stands; those on one line are equally high and do not know each other."""
    layers = reversed(contract("order")["layers"])
    return {name: height for height, line in enumerate(layers) for name in re.findall(r"\((\w+)\)", line)}


def kind_of(path: Path) -> str:
    """Which of the closed set of names a file is: `views/apply.py` and `views.py` are both `views`; "" at the top."""
    parts = path.relative_to(PRODUCT).with_suffix("").parts
    return parts[1] if len(parts) > 1 else ""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def dotted(node: ast.AST) -> str:
    """`Entry.objects.filter(…).delete` → "Entry.objects.filter.delete"; "" where a chain begins with no name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    if isinstance(node, ast.Call | ast.Subscript):
        return dotted(node.func if isinstance(node, ast.Call) else node.value)
    return ""
