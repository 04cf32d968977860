"""The legal road at size: 20,000 cases with 300,000 step records. Pages against the empty one; the passes of the night
over half of the cases and over all of them: twice the cases, twice the time."""

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.frame import Visitor, analyze, in_children, measure_pages, milliseconds

CASES, OPEN_CASES, RECORDS = 20_000, 8_000, 300_000
DAY = date(2026, 11, 20)
# What an officer opens most; the aim is a multiple of the empty page, and queries.
PAGES = (
    ("Today", "/bandung/desk/", 60, 30),
    ("list of cases", "/bandung/desk/cases/", 25, 20),
    ("those at the council", "/bandung/desk/cases/?standing=open&holder=council", 25, 20),
    ("list of cases, page 300", "/bandung/desk/cases/?page=300", 25, 20),
    ("one case", "/bandung/desk/cases/{case}/", 25, 30),
    ("its page for the council", "/bandung/desk/cases/{case}/council/", 25, 30),
    ("renewals and stale letters", "/bandung/desk/renewals/", 60, 20),
)


def main(name: str, address: str) -> None:
    from bench import large
    from bench.measure_desk import make_findable, signed_in

    begun = time.monotonic()
    office = large.build()
    make_findable()
    _, cookie = signed_in(office)
    first = make_cases(office, CASES // 2)
    half = nightly(office)
    make_cases(office, CASES - CASES // 2)
    whole = nightly(office)
    analyze()
    print(f"{name}: the data of the register, {CASES} cases, {RECORDS} step records"
          f" ({time.monotonic() - begun:.0f} s to build)")  # fmt: skip
    for what in half:
        per = whole[what] / CASES * 10_000
        print(f"  {what:<44}{whole[what] * 1000:8.0f} ms, {per:5.2f} s per 10,000 cases,"
              f" {whole[what] / half[what]:4.1f} times that of half of them")  # fmt: skip

    visitor = Visitor(cookie)
    measure_pages(PAGES, visitor, case=first)
    print("  with nothing kept, as after each change:")
    measure_pages(PAGES[1:3], visitor, anew=True)


def nightly(office: object) -> dict[str, float]:
    """Seconds of CPU of each pass over all cases; nothing is left to open, as on most nights."""
    from kembar.access.permissions import SYSTEM
    from kembar.procedure.actions import open_renewals
    from kembar.procedure.queries import cases, renewals

    passes: dict[str, Callable[[], object]] = {
        "renewals that begin": lambda: open_renewals(office, by=SYSTEM, on=DAY, months=0),  # type: ignore[arg-type]
        "letters that went stale": lambda: renewals.stale_letters(office.pk, on=DAY),  # type: ignore[attr-defined]
        "where every open case lies, and its forecast": lambda: cases.lines(office.pk, on=DAY, country="ID"),  # type: ignore[attr-defined]
    }
    return {what: milliseconds(deed, times=1, rounds=2) / 1000 for what, deed in passes.items()}


def make_cases(office: object, number: int) -> int:
    """That many cases, straight to the tables, as walking the road would leave them; the number of an open one."""
    from django.db import transaction

    from kembar.access.permissions import SYSTEM
    from kembar.partnerships.models import Partnership
    from kembar.procedure.actions import adopt
    from kembar.procedure.models import Case, StepRun
    from kembar.procedure.queries import counterpart_for, template

    chance = random.Random(number)
    road = template("id-ksdpl")
    own = adopt(road, by=SYSTEM, office_id=office.pk)  # type: ignore[attr-defined]
    theirs = adopt(counterpart_for("CN"), by=SYSTEM, office_id=office.pk)  # type: ignore[attr-defined]
    files = list(Partnership.objects.filter(office=office).order_by("pk"))
    codes = [step.code for step in road.steps if not step.optional]
    with transaction.atomic():
        walks = [_walk(codes, chance, is_open=n * CASES < OPEN_CASES * number)
                 for n in range(number)]  # fmt: skip
        rows = Case.objects.bulk_create(
            (_case(walk, road, office=office, file=files[n % len(files)], own=own, theirs=theirs)
             for n, walk in enumerate(walks)), batch_size=2000,
        )  # fmt: skip
        StepRun.objects.bulk_create(_runs(rows, walks, RECORDS * number // CASES), batch_size=5000)
    return next(row.pk for row in rows if row.standing == "running" and row.stage == "council_approved")


def _walk(codes: list[str], chance: random.Random, *, is_open: bool) -> list[tuple[str, date]]:
    """(step, day) of what is done: some of the road where the case is open, else all of it."""
    day = date(2005, 1, 3) + timedelta(days=chance.randrange(15 * 365))
    done = []
    for code in codes[: chance.randrange(1, len(codes)) if is_open else len(codes)]:
        done.append((code, day))
        day += timedelta(days=chance.randrange(5, 150))
    return done


def _case(walk: list[tuple[str, date]], road: object, *, office: object, file: object, own: object, theirs: object):  # type: ignore[no-untyped-def]
    from kembar.lib.dates import on
    from kembar.procedure import rules
    from kembar.procedure.models import Case

    runs = [rules.Run(code, "done", on(day)) for code, day in walk]
    at = rules.position(road, runs, opened=on(walk[0][1]))  # type: ignore[arg-type]
    return Case(
        office=office, partnership=file, kind="new_tie", template=own, counterpart=theirs, subject="Kota kembar",
        opened_on=on(walk[0][1]), standing="running" if at.step else "closed", stage=at.stage,
        step=at.step.code if at.step else "", holder=at.step.holder if at.step else "",
        since=at.since if at.step else None, over_on=None if at.step else on(walk[-1][1]), scope="kota cerdas",
    )  # fmt: skip


def _runs(rows: list[object], walks: list[list[tuple[str, date]]], wanted: int) -> Iterator[object]:
    """One record a step, and as many undone ones before them as make up the number."""
    from django.utils import timezone

    from kembar.lib.dates import on
    from kembar.procedure.models import StepRun

    now, made = timezone.now(), 0
    left = wanted - sum(len(walk) for walk in walks)
    for n, (row, walk) in enumerate(zip(rows, walks, strict=True)):
        undone = [walk[i % len(walk)] for i in range(left * (n + 1) // len(rows) - made)]
        made += len(undone)
        for superseded, done in ((True, undone), (False, walk)):
            for code, day in done:
                yield StepRun(office_id=row.office_id, case=row, step=code, deed="done", on=on(day), began=on(day),  # type: ignore[attr-defined]
                              superseded=superseded, entered_at=now, entered_by="Sari")  # fmt: skip


if __name__ == "__main__":
    in_children(main)
