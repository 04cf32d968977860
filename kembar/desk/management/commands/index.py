"""Makes findable what was entered before the search box knew of its kind."""

from collections.abc import Callable, Collection
from typing import Any

from django.core.management.base import BaseCommand

from kembar.agreements.actions import index_papers
from kembar.commitments.actions import index_others as index_promises
from kembar.intake.actions import index_texts
from kembar.partnerships.actions import index_notes
from kembar.people.actions.contacts import index_contacts
from kembar.people.actions.holders import index_holders
from kembar.procedure.actions import index_cases
from kembar.search.queries import known

KINDS: dict[str, Callable[[Collection[str]], int]] = {
    "contact": index_contacts,
    "holder": index_holders,
    "note": index_notes,
    "commitment": index_promises,
    "instrument": index_papers,
    "case": index_cases,
    "text": index_texts,
}


class Command(BaseCommand):
    help = "Makes findable what was entered before the search box knew of it; again it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, index in KINDS.items():
            if number := index(known(kind)):
                self.stdout.write(f"{kind}: {number} can be found now")
