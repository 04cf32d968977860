"""`manage.py trust_roots`: whose word on an electronic signature is taken here."""

from typing import Any

from django.core.management.base import BaseCommand

from kembar.files import store


class Command(BaseCommand):
    help = "Lists the issuers of certificates that are trusted here, and the files of the folder that cannot be read."

    def handle(self, *args: Any, **options: Any) -> None:
        from kembar.files.inspection.signed import anchors  # takes its time: not for every command of this folder

        found, unread = anchors(store.roots())
        self.stdout.write(f"{store.roots()}: {len(found)} certificates")
        for one in found:
            ends = one.not_valid_after.date().isoformat()
            self.stdout.write(f"{one.subject.human_friendly} (until {ends}, SHA-256 {one.sha256.hex()})")
        for name in unread:
            self.stderr.write(f"{name}: not a certificate")
