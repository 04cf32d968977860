"""`manage.py deliver_mail [--forever]`: hands letters that are due to the mail server."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, close_old_connections
from django.utils import timezone

from kembar.mailbox.actions import Round, deliver


class Command(BaseCommand):
    help = "Sends the letters that are due; --forever goes on until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--forever", action="store_true", help="go on until stopped, looking every --every seconds")
        parser.add_argument("--every", type=float, default=15, help="seconds between two looks (default 15)")
        parser.add_argument("--limit", type=int, default=100, help="letters at a time (default 100)")

    def handle(self, *args: Any, forever: bool, every: float, limit: int, **options: Any) -> None:
        if not forever:
            if error := self._told(deliver(now=timezone.now(), limit=limit)):
                raise CommandError(error)
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            close_old_connections()
            try:
                error = self._told(deliver(now=timezone.now(), limit=limit))
            except Error as fault:  # the database is away; letters are safe in it
                error = str(fault)
            if error:
                self.stderr.write(error)
            stopped.wait(every)

    def _told(self, done: Round) -> str:
        """Prints what was done; returns what kept the mail server from being used."""
        if done.sent or done.put_off or done.failed:
            self.stdout.write(f"{done.sent} sent, {done.put_off} put off, {done.failed} failed")
        return f"The mail server cannot be used: {done.server_error}" if done.server_error else ""
