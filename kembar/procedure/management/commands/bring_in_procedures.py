"""Brings in procedure templates from a file or a folder: all of them, or none."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from kembar.access.permissions import SYSTEM
from kembar.procedure.actions import TemplateRefused, bring_in
from kembar.procedure.queries.templates import is_held
from kembar.procedure.spoken import fault_words


class Command(BaseCommand):
    help = "Brings in procedure templates (TOML) from a file or a folder; running cases keep their version."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a file in TOML, or a folder of them")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        if not files:
            raise CommandError(f"{path} holds no file that ends in .toml")
        with translation.override("en"), transaction.atomic():
            told = [self._one(file, text) for file, text in _ordered(files)]
            wrong = [line for lines, is_wrong in told if is_wrong for line in lines]
            if wrong:
                raise CommandError("nothing was brought in:\n" + "\n".join(wrong))
        for lines, _ in told:
            self.stdout.write("\n".join(lines))

    def _one(self, file: Path, text: str) -> tuple[list[str], bool]:
        if is_held(text):
            return [f"{file.name}: known already"], False
        try:
            row = bring_in(text, by=SYSTEM)
        except TemplateRefused as refused:
            return [f"  {file.name}: {fault_words(fault)}" for fault in refused.faults], True
        return [f"{file.name}: {row.name}"], False


def _ordered(files: list[Path]) -> list[tuple[Path, str]]:
    """Those that others may build on come first."""
    try:
        read = [(file, file.read_text(encoding="utf-8-sig")) for file in files]
    except OSError as error:
        raise CommandError(f"{error.filename} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CommandError("a file is not text in UTF-8; nothing was brought in") from None
    return sorted(read, key=lambda one: "\nsteps_of" in one[1])
