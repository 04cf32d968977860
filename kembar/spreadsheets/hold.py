"""Whether a process is at work on a spreadsheet: a lock of the operating system, gone the moment the process is.

Not in the database: a mark there outlives a crash of either, and a sign of life cannot be written on SQLite while
the work itself writes. Kembar runs on one machine, whose processes share the data folder.
"""

import fcntl
from pathlib import Path
from typing import IO

from django.conf import settings


class Held(Exception):
    """A process is at work on this spreadsheet."""


def hold(number: int) -> IO[bytes]:
    """Held until it is closed, or its process ends in whatever way. Raises Held."""
    path = _path(number)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    lock = path.open("wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise Held(number) from None
    return lock


def is_held(number: int) -> bool:
    try:
        with _path(number).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _path(number: int) -> Path:
    return Path(settings.MEDIA_ROOT).parent / "at-work" / f"spreadsheet-{number}"
