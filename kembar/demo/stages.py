"""Each stage builds on the one before and can be told again without doubling anything."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from kembar.access.permissions import SYSTEM
from kembar.agreements.actions import import_claims
from kembar.cities.actions import adopt, open_office
from kembar.cities.models import Office
from kembar.cities.queries import find

DATA = Path(__file__).parent / "data"


def register() -> None:
    """Bandung's office and every claim that public sources make about its partners."""
    with transaction.atomic():
        office = bandung()
        import_claims((DATA / "bandung-claims.csv").read_text(encoding="utf-8"), by=SYSTEM, office=office)


def bandung() -> Office:
    return open_office(by=SYSTEM, slug="bandung", local_government=adopt(find("Bandung", country="ID"), by=SYSTEM))


STAGES: dict[str, Callable[[], None]] = {"register": register}


def tell(stage: str) -> None:
    """Every stage up to and including this one. Raises KeyError for a stage that does not exist."""
    names = list(STAGES)
    STAGES[stage]  # an unknown name fails before anything is written
    for name in names[: names.index(stage) + 1]:
        STAGES[name]()
