"""The pass of the night: CPU for 5,000 to 20,000 items over 200 offices, against plainly reading the same rows."""

import sys
import time
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.frame import in_children

OFFICES, MEMBERS = 200, 5
SIZES = (5_000, 10_000, 20_000)  # four fifths promises, one fifth cases
NOW = datetime.fromisoformat("2026-11-22T19:00:00+00:00")  # a Monday morning in Bandung
TODAY = date(2026, 11, 23)


def main(name: str, address: str) -> None:
    from django.db import connection, reset_queries

    from kembar.access.permissions import SYSTEM
    from kembar.cities.queries import offices
    from kembar.mailbox.models import Letter
    from kembar.reminders.models import Digest, Found
    from kembar.reminders.night import remind

    begun = time.monotonic()
    build_offices()
    print(f"{name}: {OFFICES} offices with {MEMBERS} members each ({time.monotonic() - begun:.0f} s to build)")
    remind(by=SYSTEM, now=NOW - timedelta(days=7))  # templates and catalogues are read once per process
    there, last = 0, (0, 0.0)
    for size in SIZES:
        add_items(there, size)
        there = size
        for table in (Letter, Digest, Found):
            table.objects.all().delete()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        plain = spent(lambda: [read(office) for office in offices()])
        first = spent(lambda: remind(by=SYSTEM, now=NOW))
        letters = Letter.objects.count()
        connection.force_debug_cursor = True
        reset_queries()
        again = spent(lambda: remind(by=SYSTEM, now=NOW + timedelta(minutes=1)))
        asked = len(connection.queries)
        connection.force_debug_cursor = False
        grown = f"; 10,000 items more: {(first - last[1]) / (size - last[0]) * 10_000:.2f} s" if last[0] else ""
        last = (size, first)
        print(f"  {size:6d} items, {letters} letters: {first:6.2f} s, {first / plain:5.1f} × reading the rows "
              f"({plain:.2f} s){grown}")  # fmt: skip
        print(f"         again in the same night: {again:6.2f} s, {asked} queries, {asked / OFFICES:.1f} an office")


def spent(deed: Any) -> float:
    begun = time.process_time()
    deed()
    return time.process_time() - begun


def read(office: Any) -> int:
    """What the pass looks at in an office, as rows and nothing more."""
    from kembar.commitments.queries import due_by
    from kembar.procedure.queries.cases import Filters, cases

    return len(due_by(TODAY + timedelta(days=30), office_id=office.pk)) + len(
        cases(office.pk, filters=Filters(standing="open"))
    )


def build_offices() -> None:
    from allauth.mfa.models import Authenticator
    from django.db import transaction
    from django.utils import timezone

    from kembar.access.permissions import SYSTEM
    from kembar.cities import gazetteer
    from kembar.cities.actions import adopt, open_office
    from kembar.lib.dates import parse_edtf
    from kembar.partnerships.models import Partnership
    from kembar.people.models import Account, Membership
    from kembar.procedure.actions import Planned, open_case
    from kembar.sources.models import Document

    with transaction.atomic():
        largest = sorted(gazetteer.cities(), key=lambda city: -city.population)
        cities = [adopt(city.key, by=SYSTEM) for city in islice(largest, OFFICES + 1)]
        opened = [
            open_office(by=SYSTEM, slug=f"office-{n}", local_government=city) for n, city in enumerate(cities[:OFFICES])
        ]
        now = timezone.now()
        Partnership.objects.bulk_create(
            Partnership(office=office, partner=cities[-1], kind="sister", slug="partner", opened_at=now)
            for office in opened
        )
        Document.objects.bulk_create(
            Document(office_id=office.pk, kind="minutes", title="Minutes", language="id") for office in opened
        )
        people = Account.objects.bulk_create(
            Account(email=f"m{n}@example.org", name=f"Member {n}", language=("id", "en", "ko")[n % 3], made_at=now)
            for n in range(OFFICES * MEMBERS)
        )
        roles = ("head", "officer", "officer", "translator", "reader")
        Membership.objects.bulk_create(
            Membership(office=opened[n // MEMBERS], account=person, role=roles[n % MEMBERS], since=date(2020, 1, 1))
            for n, person in enumerate(people)
        )
        Authenticator.objects.bulk_create(
            Authenticator(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"}) for person in people
        )
        planned = Planned(kind="new_tie", subject="Case", opened_on=parse_edtf("2026-01-05"))
        file = Partnership.objects.filter(office=opened[0]).earliest("pk")
        open_case(planned, by=SYSTEM, partnership=file, confirmed=("level_differs", "no_relations", "ask_ministry"))


def add_items(there: int, size: int) -> None:
    """Promises and cases straight to the tables, spread evenly; dates from five weeks overdue to four ahead."""
    from django.utils import timezone

    from kembar.commitments.models import Commitment
    from kembar.lib.dates import on
    from kembar.partnerships.models import Partnership
    from kembar.people.models import Membership
    from kembar.procedure.models import Case
    from kembar.sources.models import Document

    now = timezone.now()
    files = list(Partnership.objects.order_by("office_id"))
    documents = {one.office_id: one for one in Document.objects.order_by("pk")}
    people: dict[int, list[int]] = {}
    for office_id, account_id in Membership.objects.order_by("pk").values_list("office_id", "account_id"):
        people.setdefault(office_id, []).append(account_id)
    pattern = Case.objects.select_related("template", "counterpart").earliest("pk")
    promises, cases = [], []
    for n in range(there, size):
        file = files[n % OFFICES]
        if n // OFFICES % 5 == 4:
            cases.append(
                Case(office_id=file.office_id, partnership=file, kind="new_tie", template=pattern.template,
                     counterpart=pattern.counterpart, subject=f"Case {n}", opened_on=pattern.opened_on,
                     step=pattern.step, holder=pattern.holder, since=pattern.opened_on)
            )  # fmt: skip
            continue
        own = people[file.office_id]
        promises.append(
            Commitment(office_id=file.office_id, partnership=file, document=documents[file.office_id],
                       what=f"send {n} teachers", sentence="They promised.", side="own", state="accepted",
                       due=on(TODAY + timedelta(days=n % 63 - 35)), owner=f"account:{own[n % MEMBERS]}",
                       deputy=f"account:{own[(n + 1) % MEMBERS]}", accepted_at=now, accepted_by="x", entered_at=now)
        )  # fmt: skip
    Commitment.objects.bulk_create(promises, batch_size=1000)
    Case.objects.bulk_create(cases, batch_size=1000)


if __name__ == "__main__":
    in_children(main)
