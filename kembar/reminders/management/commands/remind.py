"""Every night: notes what is due or has gone to somebody else, and writes the digests. Again it changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kembar.access.permissions import SYSTEM
from kembar.reminders.night import remind


class Command(BaseCommand):
    help = "Passes overdue promises on, notes what is due, and writes the digests of everybody who is to have one."

    def handle(self, *args: Any, **options: Any) -> None:
        night = remind(by=SYSTEM, now=timezone.now())
        self.stdout.write(
            f"{night.found} found, {night.digests} digests, {night.urgent} urgent letters, {night.empty} without news"
        )
