"""The calendar of what runs out: the last day in force of each paper."""

from datetime import timedelta

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext

from kembar.agreements import facts as dated
from kembar.journal import queries as journal
from kembar.lib.calendars import Entry, as_ics, days_of
from kembar.public import places, words
from kembar.public.office import Reading
from kembar.public.register import partner_address

# Whoever looks back finds what ran out in the last year.
BEHIND = timedelta(days=366)


def file(found: Reading) -> bytes:
    return as_ics(entries(found), name=title(found))


def title(found: Reading) -> str:
    return gettext("Cooperation papers running out: %(city)s") % {"city": found.office.city}


def entries(found: Reading) -> list[Entry]:
    office = found.office
    facts = dated.papers_running_out(office.id, since=found.today - BEHIND)
    changed = journal.changed_records([fact.key for fact in facts], office_id=office.id)
    names = places.Names([fact.partnership.partner for fact in facts])
    made = []
    for fact in facts:
        days = days_of(fact.date)
        if days is None or fact.key not in changed:
            continue
        partner = fact.partnership.institution or names.shown(fact.partnership.partner_id)
        line = gettext("%(partner)s: last day in force of “%(paper)s”") % {
            "partner": partner,
            "paper": capfirst(fact.title),
        }
        made.append(
            Entry(
                uid=uid(fact.key, "end"),
                title=line if days.exact else f"{line} ({words.date_words(fact.date)})",
                first=days.first,
                last=days.last,
                changed=changed[fact.key].last,
                version=changed[fact.key].times,
                note="" if days.exact else not_exact(),
                address=settings.KEMBAR_SITE_ADDRESS + partner_address(office, fact.partnership.slug),
            )
        )
    return made


def not_exact() -> str:
    return gettext("The exact day is not known. The entry covers every day it may be, or stands on the last of them.")


def uid(key: str, what: str) -> str:
    """The same for good, and no other's in the world."""
    host = settings.KEMBAR_SITE_ADDRESS.partition("://")[2].partition("/")[0].partition(":")[0]
    return f"{key.replace(':', '-')}-{what}@{host}"
