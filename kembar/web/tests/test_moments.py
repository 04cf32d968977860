"""Points in time as people read them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from kembar.web.templatetags.web import moment

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "language", "told"),
    [
        ("Asia/Jakarta", "id", "22 November 2026 12.00 WIB"),
        ("Asia/Makassar", "id", "22 November 2026 13.00 WITA"),
        ("Asia/Seoul", "id", "22 November 2026 14.00 GMT+09:00"),
        ("Asia/Jakarta", "en", "22 November 2026 12:00 GMT+07:00"),
    ],
)
def test_what_the_database_holds_is_told_by_the_clock_of_whoever_reads(zone: str, language: str, told: str) -> None:
    with timezone.override(ZoneInfo(zone)), translation.override(language):
        assert moment(NOON) == told


def test_a_point_in_time_that_carries_a_zone_keeps_it() -> None:
    with timezone.override(ZoneInfo("Asia/Jakarta")), translation.override("en"):
        assert moment(NOON.astimezone(ZoneInfo("Asia/Seoul"))) == "22 November 2026 14:00 GMT+09:00"
