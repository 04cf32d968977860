"""The order of the folders, read from where it is enforced: the import contract in pyproject.toml."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path


def folders(package: Path) -> Iterator[tuple[str, str]]:
    """(name, one sentence) of every folder that exists below `package`, highest first.

    The sentence is the first line of the folder's docstring.
    """
    settings = tomllib.loads((package.parent / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    order = next(contract for contract in contracts if contract["id"] == "order")
    for layer in order["layers"]:
        for name in re.findall(r"\w+", layer):
            path = package / name / "__init__.py"
            if path.exists():
                words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
                yield name, words.partition("\n")[0]
