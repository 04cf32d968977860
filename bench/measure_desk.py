"""The officer's desk at size: CPU per page against the empty page of somebody signed in, and queries."""

import sys
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.frame import Visitor, analyze, in_children, measure_pages

OFFICES, ENTRIES, DAYS = 200, 1_000_000, 40
# What an officer opens most; the aim is a multiple of the empty page, and queries.
PAGES = (
    ("Today", "/bandung/desk/", 60, 30),
    ("Today, one's own", "/bandung/desk/?whose=mine", 40, 30),
    ("partner's file", "/bandung/desk/partners/{partner}/", 60, 40),
    ("list of partners", "/bandung/desk/partners/", 60, 20),
    ("search, a rare word", "/bandung/desk/search/?q={partner}", 20, 20),
    ("search, a word in half of all", "/bandung/desk/search/?q=delegation", 60, 20),
    ("changes by colleagues", "/bandung/desk/changes/?who=others", 30, 20),
    ("changes, far back", "/bandung/desk/changes/?page=900", 60, 20),
)


def main(name: str, address: str) -> None:

    from bench import large
    from kembar.partnerships.models import Partnership

    begun = time.monotonic()
    office = large.build()
    open_offices(OFFICES)
    make_findable()
    person, cookie = signed_in(office)
    write_entries(ENTRIES, office_id=office.pk, person_id=person)
    analyze()
    partner = Partnership.objects.filter(office=office).order_by("slug")[40].slug
    built = time.monotonic() - begun
    print(f"{name}: the data of the register, {OFFICES} offices, {ENTRIES} journal lines ({built:.0f} s to build)")

    measure_pages(PAGES, Visitor(cookie), partner=partner)


def open_offices(number: int) -> None:
    """Offices of the largest cities that have none."""
    from kembar.cities.models import LocalGovernment, Office

    taken = Office.objects.values("local_government_id")
    free = LocalGovernment.objects.exclude(pk__in=taken).order_by("pk")[: number - Office.objects.count()]
    Office.objects.bulk_create(Office(slug=f"city-{city.pk}", local_government=city) for city in free)


def make_findable() -> None:
    """Partners, events and sources in the search index, as the actions that enter them would leave them."""
    from kembar.partnerships.models import Event, Partnership
    from kembar.search.actions import Findable, index_many
    from kembar.sources.models import Document

    index_many(
        Findable(file.key, "partnership", file.office_id, file.partner.english_name, public=True, about=file.key,
                 texts=(file.slug,))
        for file in Partnership.objects.select_related("partner").order_by("pk")
    )  # fmt: skip
    index_many(
        Findable(
            event.key, "event", event.office_id, event.title, public=True, about=f"partnership:{event.partnership_id}"
        )
        for event in Event.objects.order_by("pk")
    )
    index_many(
        Findable(f"document:{document.pk}", "document", document.office_id, document.title, public=True,
                 line=document.publisher)
        for document in Document.objects.order_by("pk")
    )  # fmt: skip


def signed_in(office: object) -> tuple[int, str]:
    """An officer of the office, and the cookie of their browser."""
    from django.conf import settings
    from django.test import Client

    from kembar.access.permissions import Role
    from tests.members import member, sign_in

    client = Client()
    person = member("Sari", Role.OFFICER, office=office)  # type: ignore[arg-type]
    sign_in(client, person)
    return person.pk, f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def write_entries(number: int, *, office_id: int, person_id: int) -> None:
    """Journal lines straight to the table, day after day: every tenth of the office that is read, one in five of them
    by the person who reads; the others go round all offices. Half of the deeds of people are about a file."""
    from django.db import connection

    from kembar.cities.models import Office
    from kembar.partnerships.models import Partnership

    first_office = Office.objects.order_by("pk").values_list("pk", flat=True)[0]
    files = list(Partnership.objects.filter(office_id=office_id).order_by("pk").values_list("pk", flat=True))
    facts = "CAST('{\"title\": \"Delegation\"}' AS jsonb)" if connection.vendor == "postgresql" else (
        "'{\"title\": \"Delegation\"}'"
    )  # fmt: skip
    statement = f"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
        INSERT INTO journal_entry (office_id, at, actor_id, actor, verb, subject, about, facts)
        SELECT CASE WHEN i %% 10 = 0 THEN %s ELSE %s + i %% {OFFICES} END, %s,
               CASE WHEN i %% 50 = 0 THEN %s ELSE 1000 + i %% 7 END,
               CASE WHEN i %% 50 = 0 THEN 'Sari' ELSE 'Colleague ' || CAST(i %% 7 AS varchar) END,
               CASE WHEN i %% 3 = 0 THEN 'event.noted' WHEN i %% 3 = 1 THEN 'event.settled' ELSE 'prose.translated' END,
               'event:' || CAST(i AS varchar),
               CASE WHEN i %% 20 = 0 THEN 'partnership:' || CAST(%s + i / 20 %% {len(files)} AS varchar) ELSE '' END,
               {facts}
        FROM n"""
    each = number // DAYS
    with connection.cursor() as cursor:
        for day in range(DAYS):
            at = f"{date(2026, 1, 1) + timedelta(days=day)} 08:00:00+00:00"
            cursor.execute(statement, [each, office_id, first_office, at, person_id, files[0]])


if __name__ == "__main__":
    in_children(main)
