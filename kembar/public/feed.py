"""The register as a feed (Atom, RFC 4287): one entry per dated fact and per legal state, the last changed first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from kembar.agreements import facts as dated
from kembar.journal import queries as journal
from kembar.journal.queries import Changed
from kembar.partnerships.queries import Partnership
from kembar.public import places, words
from kembar.public.office import Reading
from kembar.public.register import partner_address
from kembar.web.addresses import html_language

ENTRIES = 50
# One record is often written of several times in a row: paper, its signatures, its settling.
_LINES_READ = 6 * ENTRIES
_VERBS = tuple(
    f"{record}.{done}"
    for record, deeds in {
        "instrument": ("added", "settled", "merged"), "signature": ("added", "settled"),
        "approval": ("added", "settled"), "event": ("noted", "settled"),
    }.items()
    for done in deeds
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """`key` stays the entry's own for good, whatever its record says later."""

    key: str
    title: str
    text: str
    href: str
    published: datetime
    updated: datetime


class _Feed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """When the newest entry changed; of an empty feed a moment that does not move."""
        return max((item["updateddate"] for item in self.items), default=_NEVER)


_NEVER = datetime.fromisoformat("2026-01-01T00:00:00+00:00")


def entries(found: Reading, *, partnership: Partnership | None = None) -> list[Entry]:
    """The newest entries of an office, or of one of its partners."""
    told = [*_facts(found, partnership), *_states(found, partnership)]
    return sorted(told, key=lambda entry: (entry.updated, entry.key), reverse=True)[:ENTRIES]


def as_atom(told: Iterable[Entry], found: Reading, *, key: str, title: str, page: str, own: str) -> bytes:
    """The feed in the language of the page; `key` names it for good, `page` is what it tells of, `own` its address.

    Each language is a feed of its own, and so are its entries' names: a reader that follows two shows both.
    """
    site = settings.KEMBAR_SITE_ADDRESS
    language = get_language() or settings.LANGUAGE_CODE
    # A tag (RFC 4151): a name for good, not an address. The year is that of the first Kembar.
    tag = f"tag:{site.partition('://')[2].partition('/')[0].partition(':')[0]},2026:{language}:{found.office.slug}"
    feed = _Feed(
        title=title, link=site + page, description=None, language=html_language(language), feed_url=site + own,
        feed_guid=f"{tag}:{key}", author_name=found.office.name,
    )  # fmt: skip
    for entry in told:
        feed.add_item(
            title=entry.title, link=site + entry.href, description=escape(entry.text),
            unique_id=f"{tag}:{entry.key}", pubdate=entry.published, updateddate=entry.updated,
        )  # fmt: skip
    return feed.writeString("utf-8").encode("utf-8")


def _facts(found: Reading, partnership: Partnership | None) -> Iterator[Entry]:
    office = found.office
    about = partnership.key if partnership else ""
    keys = journal.newest_of(_VERBS, office_id=office.id, about=about, limit=_LINES_READ)
    papers = dated.papers_of_signatures([key for key in keys if key.startswith("signature:")], office_id=office.id)
    wanted = list(dict.fromkeys(papers.get(key, key) for key in keys))[: 2 * ENTRIES]
    facts = dated.facts(wanted, office_id=office.id)
    changed = journal.changed_records([*facts, *papers], office_id=office.id)
    names = places.Names([fact.partnership.partner for fact in facts.values()])
    for fact in facts.values():
        moments = [changed[key] for key in (fact.key, *_signatures(papers, fact.key)) if key in changed]
        if moments:
            yield _fact(fact, found, names, moments)


def _signatures(papers: dict[str, str], key: str) -> list[str]:
    return [signature for signature, paper in papers.items() if paper == key]


def _fact(fact: dated.Fact, found: Reading, names: places.Names, moments: list[Changed]) -> Entry:
    partner = fact.partnership.institution or names.shown(fact.partnership.partner_id)
    doubt = "" if fact.accepted else gettext("named in a source, not accepted as a fact")
    return Entry(
        key=fact.key,
        title=f"{partner}: {capfirst(fact.title)}",
        text=" · ".join(part for part in (words.date_words(fact.date), doubt) if part),
        href=partner_address(found.office, fact.partnership.slug) + "#timeline",
        published=min(moment.first for moment in moments),
        updated=max(moment.last for moment in moments),
    )


def _states(found: Reading, partnership: Partnership | None) -> Iterator[Entry]:
    """A legal state is entered when its file was, and again on the day it changes, though nobody writes a word."""
    office = found.office
    spans = dated.newest_states(office.id, on=found.today, partnership=partnership, limit=ENTRIES)
    names = places.Names([span.partnership.partner for span in spans])
    for span in spans:
        file = span.partnership
        began = datetime.combine(span.starts, time.min, tzinfo=office.zone)
        moment = max(began, file.opened_at)
        yield Entry(
            key=f"{file.key}:{span.starts}",
            title=f"{file.institution or names.shown(file.partner_id)}: {capfirst(words.state_label(span.headline))}",
            text=str(words.MEANINGS[span.headline]),
            href=partner_address(office, file.slug) + "#legal",
            published=moment,
            updated=moment,
        )
