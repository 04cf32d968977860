"""`manage.py hand_over_promises`: once, after an upgrade from an instance without a ledger."""

from typing import Any

from django.core.management.base import BaseCommand

from kembar.access.permissions import SYSTEM
from kembar.cities.queries import offices
from kembar.intake.actions import WrongValue, hand_over
from kembar.intake.queries import accepted_promises


class Command(BaseCommand):
    help = "Brings promises that were accepted from read texts into the ledger of promises."

    def handle(self, *args: Any, **options: Any) -> None:
        there, waiting, unreadable = 0, 0, []
        for office in offices():
            for draft in accepted_promises(office.pk):
                try:
                    if hand_over(draft, by=SYSTEM):
                        there += 1
                    else:
                        waiting += 1
                except WrongValue as error:
                    unreadable.append(f"draft {draft.pk} of text {draft.text_id}: {error.field} cannot be read")
        self.stdout.write(f"{there} in the ledger, {waiting} wait for the file of their text")
        for line in unreadable:
            self.stderr.write(line)
