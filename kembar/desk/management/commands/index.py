"""Makes findable what was entered before the search box knew of its kind."""

from collections.abc import Callable, Collection
from typing import Any

from django.core.management.base import BaseCommand

from kembar.commitments.actions import index_others as index_promises
from kembar.partnerships.actions import index_notes
from kembar.people.actions.contacts import index_contacts
from kembar.people.actions.holders import index_holders
from kembar.search.queries import known

KINDS: dict[str, Callable[[Collection[str]], int]] = {
    "contact": index_contacts,
    "holder": index_holders,
    "note": index_notes,
    "commitment": index_promises,
}


class Command(BaseCommand):
    help = "Makes findable what was entered before the search box knew of it; again it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, index in KINDS.items():
            if number := index(known(kind)):
                self.stdout.write(f"{kind}: {number} can be found now")
