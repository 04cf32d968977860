"""The ledger of promises at size: CPU per page against the empty page of somebody signed in, and queries."""

import random
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.frame import Visitor, analyze, in_children, measure_pages
from bench.measure_desk import open_offices, signed_in

OFFICES, PROMISES, OWN, IN_ONE_FILE = 200, 100_000, 10_000, 100
LEDGER = "/bandung/desk/commitments/"
# The office that is read holds a tenth of all; the aim is a multiple of the empty page, and queries.
PAGES = (
    ("list", LEDGER, 25, 16),
    ("list, overdue ones", f"{LEDGER}?state=overdue", 25, 16),
    ("list, of one partner", f"{LEDGER}?partner={{partner}}", 25, 16),
    ("list, whose owner has left", f"{LEDGER}?whose=left", 25, 16),
    ("list, a word", f"{LEDGER}?q=delegation", 25, 16),
    ("list, page 150", f"{LEDGER}?page=150", 25, 16),
    ("board", f"{LEDGER}board/", 25, 24),
    ("calendar, this month", f"{LEDGER}calendar/", 25, 16),
    ("calendar, an earlier month", f"{LEDGER}calendar/?month=2025-03", 25, 16),
    ("the public promises of one file", "/bandung/partners/{partner}/promises/", 25, 16),
)
STATES = (
    ["claimed"] * 10 + ["accepted"] * 30 + ["confirmed"] * 15 + ["in_progress"] * 15
    + ["kept"] * 15 + ["partly_kept"] * 5 + ["dropped"] * 10
)  # fmt: skip


def main(name: str, address: str) -> None:

    from bench import large

    begun = time.monotonic()
    office = large.build()
    open_offices(OFFICES)
    person, cookie = signed_in(office)
    partner = write_promises(office, person)
    analyze()
    built = time.monotonic() - begun
    print(f"{name}: {PROMISES} promises of {OFFICES} offices, {OWN} of the one that is read ({built:.0f} s to build)")

    measure_pages(PAGES, Visitor(cookie), anew=True, partner=partner)


def write_promises(office: Any, person: int) -> str:
    """Promises straight to the table, most of other offices; the slug of a file that holds IN_ONE_FILE of them."""
    from kembar.cities.models import Office
    from kembar.commitments.models import Commitment
    from kembar.partnerships.models import Partnership
    from kembar.sources.models import Document

    now = datetime(2026, 6, 1, tzinfo=UTC)
    without = Office.objects.exclude(pk__in=Partnership.objects.values("office_id")).order_by("pk")
    Partnership.objects.bulk_create(
        Partnership(office=other, partner=office.local_government, kind="sister", slug="bandung", opened_at=now)
        for other in without
    )
    own = list(Partnership.objects.filter(office=office).order_by("slug"))
    others = list(Partnership.objects.exclude(office=office).order_by("office_id", "slug"))
    others = list({file.office_id: file for file in others}.values())
    sources = Document.objects.bulk_create(
        Document(office_id=file.office_id, kind="press", title="A source", publisher="A newspaper", published="2024-05")
        for file in [own[0], *others]
    )
    source = {document.office_id: document for document in sources}
    chance = random.Random(5)
    files = [own[40]] * IN_ONE_FILE + [own[n % len(own)] for n in range(OWN - IN_ONE_FILE)]
    files += [others[n % len(others)] for n in range(PROMISES - OWN)]
    Commitment.objects.bulk_create(
        (_promise(n, file, source[file.office_id], person, chance, now) for n, file in enumerate(files)),
        batch_size=1000,
    )
    return own[40].slug


def _promise(number: int, file: Any, source: Any, person: int, chance: random.Random, now: datetime) -> Any:
    from kembar.commitments.models import Commitment

    state = chance.choice(STATES)
    claimed, settled = state == "claimed", state in ("kept", "partly_kept", "dropped")
    # One promise in fifty is still in the hands of somebody who has left.
    owner = f"account:{person + 1000 if number % 50 == 0 else person}" if number % 3 else "post:Dinas Pendidikan"
    return Commitment(
        office_id=file.office_id, partnership=file, document=source, entered_at=now, made_on="2024-05",
        due=_due(chance),
        what=f"{chance.choice(('delegation', 'training', 'fair', 'data', 'visit'))} number {number} of both cities",
        sentence=f"Both cities agreed on number {number}.", state=state, side=chance.choice(("own", "partner", "both")),
        owner="" if claimed else owner, deputy="" if claimed else "post:Bagian Kerja Sama",
        accepted_at=None if claimed else now, confirmed_at=now if state == "confirmed" else None,
        evidence="A report" if settled else "", reason="No budget" if settled else "",
        settled_on="2026-03" if settled else None,
    )  # fmt: skip


def _due(chance: random.Random) -> str | None:
    day = date(2024, 6, 1) + timedelta(days=chance.randrange(5 * 365))
    kind = chance.randrange(20)
    if kind < 10:
        return day.isoformat()
    if kind < 14:
        return f"{day:%Y-%m}"
    if kind < 18:
        return f"{day:%Y}"
    return f"{day:%Y}-3{(day.month - 1) // 3 + 3}" if kind == 18 else None


if __name__ == "__main__":
    in_children(main)
