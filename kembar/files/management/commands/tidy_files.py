"""`manage.py tidy_files`: a nightly timer."""

from typing import Any

from django.core.management.base import BaseCommand

from kembar.files.actions import tidy


class Command(BaseCommand):
    help = "Takes away content of files that no record needs any more, and what cut-off uploads left behind."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{tidy()} contents taken away")
