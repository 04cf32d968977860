"""Work the site does by itself while its page waits: in the request where it is short, else beside it."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from django.db import Error, connections
from django.utils.translation import get_language, override

from kembar.access.permissions import Actor
from kembar.spreadsheets import actions
from kembar.spreadsheets.queries import Spreadsheet

AT_ONCE = 400  # rows that are done within two seconds, so that nobody has to wait for a page to look again
log = logging.getLogger(__name__)


def do(found: Spreadsheet, *, by: Actor, work: str, rows: int, deed: Callable[[], object]) -> None:
    """Runs the deed; of few rows before it returns, of many in a thread, marked on the spreadsheet meanwhile.

    A deed writes in one transaction: broken off, nothing of it is there. Raises WrongMove, and of few rows what the
    deed raises.
    """
    if rows <= AT_ONCE:
        deed()
        return
    begun = actions.begin(found, by=by, work=work)
    language = get_language()

    def run() -> None:
        try:
            with override(language):
                deed()
        except Exception as fault:
            log.exception("a spreadsheet was broken off")
            known = isinstance(fault, actions.NothingToEnter | actions.WrongMove)
            with suppress(Error):  # where the database itself is gone, the mark stays and counts for nothing
                actions.broken_off(begun, by=by, why="nothing" if known else "fault")
        finally:
            connections.close_all()
            begun.let_go()

    threading.Thread(target=run, name=f"spreadsheet-{found.pk}", daemon=True).start()
