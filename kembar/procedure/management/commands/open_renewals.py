"""Every night: opens the renewal cases that are due. Again it changes nothing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kembar.access.permissions import SYSTEM
from kembar.cities.queries import offices
from kembar.procedure import rules
from kembar.procedure.actions import open_renewals


class Command(BaseCommand):
    help = "Opens a renewal case for every paper in force that ends within so many months."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--months", type=int, default=rules.RENEWAL_MONTHS, help="how long before the end")

    def handle(self, *args: Any, **options: Any) -> None:
        for office in offices():
            for case in open_renewals(office, by=SYSTEM, on=office.today(), months=options["months"]):
                self.stdout.write(f"{office.slug}: {case.subject}")
