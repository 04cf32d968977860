"""`manage.py ask_again`: who has not answered by the day asked for is asked once more."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kembar.access.permissions import SYSTEM
from kembar.countersign.actions.asking import ask_again
from kembar.countersign.queries import silent_requests


class Command(BaseCommand):
    help = "Asks partners once more who have not answered by the day they were asked to."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        asked = [ask_again(request, by=SYSTEM, now=now) for request in silent_requests(now)]
        self.stdout.write(f"{asked.count(True)} asked again")
