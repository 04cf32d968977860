"""What pages work out anew from many rows is kept until the office changes something.

Kept in the memory of each worker with the change stamp, like public pages, and for pages alone: inside a transaction
that writes, the stamp has moved before the rest has. What is made anew takes the place of what was kept: an office
that works all day would fill the memory with what nobody asks for again.
"""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches
from django.utils.translation import get_language

from kembar.journal.queries import change_stamp

Kept = TypeVar("Kept")


def kept(what: str, office_id: int, make: Callable[[], Kept]) -> Kept:
    """`make()` as it was made since the last change, in the language of the page. One query where it is kept."""
    key, stamp = f"desk.{what}:{office_id}:{get_language()}", change_stamp(office_id=office_id)
    found: tuple[str, Kept] | None = caches["memory"].get(key)
    if found is None or found[0] != stamp:
        found = stamp, make()
        caches["memory"].set(key, found, timeout=None)
    return found[1]
