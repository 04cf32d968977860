"""`manage.py messages update|check|compile`: keeps the translation catalogues. Needs no database."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kembar.web import catalogues


class Command(BaseCommand):
    help = "Keeps the translation catalogues: update (from the sources), check (complete?), compile (.mo where stale)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["update", "check", "compile"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        root = Path(settings.BASE_DIR) / "kembar"
        if what == "check":
            found = [str(problem) for problem in catalogues.problems(root)]
            if found:
                raise CommandError("\n".join([*found, f"{len(found)} problems in the catalogues"]))
            self.stdout.write("The catalogues are complete.")
            return
        work = catalogues.update if what == "update" else catalogues.compile_stale
        for folder in catalogues.folders(root):
            for path in work(folder):
                self.stdout.write(str(path.relative_to(root.parent)))
