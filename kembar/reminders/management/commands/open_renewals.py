"""Every night: opens the renewal cases that are due. Again it changes nothing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kembar.access.permissions import SYSTEM
from kembar.cities.queries import offices
from kembar.procedure.actions import open_renewals
from kembar.reminders.queries import all_limits
from kembar.reminders.rules import Limits


class Command(BaseCommand):
    help = "Opens a renewal case for every paper in force that ends within as many months as its office has set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--months", type=int, help="how long before the end, whatever the office has set")

    def handle(self, *args: Any, **options: Any) -> None:
        limits = all_limits()
        for office in offices():
            months = options["months"] or limits.get(office.pk, Limits()).renewal_months
            for case in open_renewals(office, by=SYSTEM, on=office.today(), months=months):
                self.stdout.write(f"{office.slug}: {case.subject}")
