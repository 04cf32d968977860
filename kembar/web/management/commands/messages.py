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
        parser.add_argument("concepts", nargs="*", help="folders of kembar/ to work on; all when none is named")

    def handle(self, *args: Any, what: str, concepts: list[str], **options: Any) -> None:
        root = Path(settings.BASE_DIR) / "kembar"
        if what == "check":
            found = [str(problem) for problem in catalogues.problems(root)]
            if found:
                raise CommandError("\n".join([*found, f"{len(found)} problems in the catalogues"]))
            self.stdout.write("The catalogues are complete.")
            return
        work = catalogues.update if what == "update" else catalogues.compile_stale
        folders = catalogues.folders(root)
        if unknown := set(concepts) - {folder.name for folder in folders}:
            raise CommandError(f"no such concept: {', '.join(sorted(unknown))}")
        for folder in folders:
            if concepts and folder.name not in concepts:
                continue
            for path in work(folder):
                if options["verbosity"]:
                    self.stdout.write(str(path.relative_to(root.parent)))
