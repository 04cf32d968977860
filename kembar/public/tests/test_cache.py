"""Kept pages: always fresh, the same bytes for everyone, cheap to ask for again."""

import gzip
from datetime import UTC, datetime

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kembar.access.permissions import SYSTEM
from kembar.agreements.actions import import_claims
from kembar.cities.models import Office
from kembar.journal.actions import record
from kembar.public import office as offices
from kembar.public.tests.test_register import HEADER

pytestmark = pytest.mark.django_db


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured.captured_queries)


def test_a_kept_page_costs_the_query_for_its_stamp(client: Client, bandung: Office) -> None:
    assert [queries(client, "/en/") for _ in range(3)][1:] == [1, 1]


@pytest.mark.parametrize(
    ("address", "most"),
    [("/", 8), ("/ko/?country=KR&state=loi&sort=-since", 8), ("/?q=korea", 8), ("/bandung/partners/melbourne/", 12)],
)
def test_a_page_made_anew_stays_within_its_number_of_queries(
    client: Client, bandung: Office, address: str, most: int
) -> None:
    client.get("/bandung/about/")
    assert queries(client, address) <= most


def test_a_change_is_seen_with_the_next_request(client: Client, bandung: Office) -> None:
    before = client.get("/").content
    rows = "Surabaya,ID,friendship,agreement,2001,year,2001,MoU,,a page,high,accepted,\n"
    import_claims(HEADER + rows, by=SYSTEM, office=bandung)
    after = client.get("/").content
    assert (b"Surabaya" in before, b"Surabaya" in after) == (False, True)


def test_a_change_in_what_all_offices_share_is_seen_too(client: Client, bandung: Office) -> None:
    client.get("/")
    assert queries(client, "/") == 1
    record("city.corrected", by=SYSTEM, subject="city:1", office_id=None)
    assert queries(client, "/") == 10


def test_a_page_of_today_is_made_anew_on_the_next_day_at_the_office(
    client: Client, bandung: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime):
        moment = datetime(2026, 11, 21, 16, 59, tzinfo=UTC)

        @classmethod
        def now(cls, tz=None):  # type: ignore[no-untyped-def,override]
            return cls.moment.astimezone(tz)

    monkeypatch.setattr(offices, "datetime", Clock)
    before = client.get("/en/").content.decode()
    Clock.moment = datetime(2026, 11, 21, 17, 1, tzinfo=UTC)
    after = client.get("/en/").content.decode()
    assert ("As of 21 November 2026" in before, "As of 22 November 2026" in after) == (True, True)


def test_an_unchanged_page_is_not_sent_again(client: Client, bandung: Office) -> None:
    first = client.get("/")
    again = client.get("/", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert first.headers["Cache-Control"] == "no-cache"
    assert set(first.headers["Vary"].split(", ")) == {"Accept-Encoding", "Cookie"}


def test_a_packed_page_holds_the_same_text(client: Client, bandung: Office) -> None:
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "br, gzip"})
    refused = client.get("/", headers={"accept-encoding": "gzip;q=0"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content == refused.content
    assert "Content-Encoding" not in refused.headers
    assert packed.headers["Content-Length"] == str(len(packed.content))


def test_head_answers_like_get_without_the_text(client: Client, bandung: Office) -> None:
    for kept in (False, True):
        caches["pages"].clear() if not kept else client.get("/")
        head, get = client.head("/"), client.get("/")
        assert (head.status_code, head.content) == (200, b"")
        assert {name: head.headers[name] for name in ("ETag", "Content-Length", "Content-Language")} == {
            name: get.headers[name] for name in ("ETag", "Content-Length", "Content-Language")
        }


def test_kept_and_new_answers_carry_the_same_headers(client: Client, bandung: Office) -> None:
    new, kept = client.get("/zh/"), client.get("/zh/")
    assert dict(new.headers) == dict(kept.headers)
    assert kept.headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in kept.headers["Content-Security-Policy"]


def test_languages_and_days_are_kept_apart(client: Client, bandung: Office) -> None:
    addresses = ["/", "/en/", "/ko/", "/zh/", "/?on=2023-03-15"]
    assert len({client.get(address).content for address in addresses * 2}) == 5


def test_mistakes_and_other_methods_are_not_kept(client: Client, bandung: Office) -> None:
    assert [client.get("/?on=banana").status_code for _ in range(2)] == [400, 400]
    assert "ETag" not in client.get("/?on=banana").headers
    assert [client.post("/").status_code, client.get("/").status_code] == [405, 200]


def test_a_kept_page_is_refused_under_a_strange_host_name(client: Client, bandung: Office) -> None:
    client.get("/")
    assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400
