"""Several senders at a time, one of them killed: every letter arrives."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from kembar.mailbox.tests.server import MailServer, running

LETTERS = 24
WRITE = f"""
from kembar.mailbox.actions import post
for number in range({LETTERS}):
    post(f"tamu{{number}}@example.org", office_id=1, language="id", heading="Hal", text="Isi.", kind="test")
"""
SEND_LATER = """
from datetime import timedelta
from django.utils import timezone
from kembar.mailbox.actions import deliver
deliver(now=timezone.now() + timedelta(minutes=11))
"""


def manage(*words: str) -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), *words]


def surroundings(tmp_path: Path, server: MailServer) -> dict[str, str]:
    """A database other processes can reach: this test's own on PostgreSQL, a new file on SQLite."""
    found = {**os.environ, "KEMBAR_DATA_DIR": str(tmp_path), "KEMBAR_MAIL_SERVER": f"smtp://127.0.0.1:{server.port}"}
    if connection.vendor == "sqlite":
        found["KEMBAR_DATABASE_URL"] = f"sqlite:///{tmp_path / 'letters.sqlite3'}"
        subprocess.run(manage("migrate", "mailbox", "--verbosity=0"), env=found, check=True)
    else:
        known = connection.settings_dict
        found["KEMBAR_DATABASE_URL"] = (
            f"postgres://{known['USER']}:{known['PASSWORD']}@{quote(known['HOST'], safe='')}:{known['PORT']}"
            f"/{known['NAME']}"
        )
    return found


@pytest.mark.django_db(transaction=True)
def test_two_senders_send_each_letter_once_and_the_death_of_one_loses_none(tmp_path: Path) -> None:
    with running() as server:
        server.seconds_a_letter = 0.05
        env: dict[str, Any] = {"env": surroundings(tmp_path, server)}
        subprocess.run(manage("shell", "-v0", "-c", WRITE), **env, check=True)
        senders = [subprocess.Popen(manage("deliver_mail", "--forever", "--every=0.1"), **env) for _ in range(2)]
        try:
            _until(lambda: len(server.received) >= LETTERS // 3)
            senders[0].kill()
            _until(lambda: len(set(server.recipients())) >= LETTERS - 1)
            senders[1].send_signal(signal.SIGTERM)
            assert [sender.wait(timeout=20) for sender in senders] == [-signal.SIGKILL, 0]
        finally:
            for sender in senders:
                sender.kill()
                sender.wait()
        subprocess.run(manage("shell", "-v0", "-c", SEND_LATER), **env, check=True)
        assert set(server.recipients()) == {f"tamu{number}@example.org" for number in range(LETTERS)}
        assert len(server.received) <= LETTERS + 1


@pytest.mark.django_db(transaction=True)
def test_a_round_without_a_server_ends_with_a_sentence(tmp_path: Path) -> None:
    with running() as server:
        env = surroundings(tmp_path, server)
    subprocess.run(manage("shell", "-v0", "-c", WRITE), env=env, check=True)
    done = subprocess.run(manage("deliver_mail"), env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("CommandError: The mail server cannot be used: ConnectionRefusedError")


def _until(holds: Any, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
