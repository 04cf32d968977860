"""The day a page speaks of: `?on=2025-03-26`, else the office's own today."""

import re
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext

from kembar.web.dates import written_day
from kembar.web.lists import shown
from kembar.web.page import Unclear

FIRST = date(1900, 1, 1)
YEARS_AHEAD = 20
_SHAPE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class AskedDay:
    """`kept` are the other parts of the page's address which the day form sends along."""

    on: date
    today: date
    path: str
    kept: tuple[tuple[str, str], ...] = ()
    today_href: str = ""

    @property
    def chosen(self) -> bool:
        return self.on != self.today

    @property
    def is_future(self) -> bool:
        return self.on > self.today

    @property
    def written(self) -> str:
        return written_day(self.on)

    @property
    def first(self) -> date:
        return FIRST

    @property
    def last(self) -> date:
        return last_day(self.today)

    @property
    def suffix(self) -> str:
        """What links to other pages carry along so that they speak of the same day."""
        return f"?on={self.on.isoformat()}" if self.chosen else ""


def last_day(today: date) -> date:
    return date(today.year + YEARS_AHEAD, 12, 31)


def asked_day(query: QueryDict, *, today: date, path: str) -> AskedDay:
    """The day of a page whose only parameter is the day. Raises Unclear for anything else but a day in reach."""
    return AskedDay(on=read_day(query.get("on", ""), today=today, path=path), today=today, path=path, today_href=path)


def read_day(text: str, *, today: date, path: str) -> date:
    """Raises Unclear, in words, for what is no day or lies out of reach."""
    if not text:
        return today
    found = _SHAPE.fullmatch(text.strip())
    if found is None:
        raise Unclear(
            gettext("“%(text)s” is not a day. Write the day as year-month-day, for example 2025-03-26.")
            % {"text": shown(text)},
            back=path,
        )
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        raise Unclear(gettext("There is no day %(text)s in the calendar.") % {"text": shown(text)}, back=path) from None
    if not FIRST <= day <= last_day(today):
        raise Unclear(
            gettext("The register can be asked for days from %(first)s to %(last)s.")
            % {"first": written_day(FIRST), "last": written_day(last_day(today))},
            back=path,
        )
    return day
