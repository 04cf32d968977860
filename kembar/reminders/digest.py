"""One member's digest in their language: what to do, by when, one address a line; nothing they may not see."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, override

from kembar.access.permissions import Actor, Permission, Role, may
from kembar.commitments.models import Commitment
from kembar.commitments.rules import ACCOUNT, POST, is_overdue
from kembar.countersign.shown import language_name
from kembar.people.models import Account
from kembar.people.queries import Colleague
from kembar.procedure.queries.renewals import Ending, StaleLetter
from kembar.procedure.states import Standing
from kembar.reminders.facts import Facts, Key, Lying, Passed, Said, ending_key, heads, is_for, letter_key
from kembar.reminders.rules import LEFT, is_news
from kembar.reminders.texts import Work
from kembar.web.addresses import html_language
from kembar.web.dates import written

MOST_LINES = 10
LONGEST_WHAT = 160
# Of several reasons why one promise went to the same person, the first of these is told.
_GRAVEST = ("left", "head", "deputy")


@dataclass(frozen=True, slots=True)
class Line:
    """What to do, by when, and the page where it is done."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Section:
    """Some lines of one kind, the most pressing first; `count` of all there are, `href` where all of them stand."""

    title: str
    lines: Sequence[Line]
    count: int
    href: str = ""

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class Part:
    """What one office has to tell."""

    office_id: int
    office: str
    sections: Sequence[Section]


@dataclass(frozen=True, slots=True)
class Told:
    """The whole mail, empty where nothing is to be told."""

    on: date
    parts: Sequence[Part]

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def heading(self) -> str:
        """Overdue: 2 · Due within 30 days: 3."""
        counts: dict[str, int] = {}
        for part in self.parts:
            for section in part.sections:
                counts[section.title] = counts.get(section.title, 0) + section.count
        return "Kembar – " + " · ".join(f"{title}: {count}" for title, count in list(counts.items())[:4])


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: what they are in each office, when they were last told, and of which members no mail gets through."""

    account: Account
    actor: Actor
    since: datetime | None = None
    unreachable: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Desk:
    """One reader at one office's desk."""

    facts: Facts
    reader: Reader
    now: datetime
    passed: Sequence[Passed]

    def may(self, permission: Permission) -> bool:
        return may(self.reader.actor, permission, office_id=self.facts.office.pk)

    def is_news(self, key: Key) -> bool:
        return is_news(self.facts.found.get(key), since=self.reader.since, now=self.now)

    def page(self, name: str, *parts: object, query: str = "") -> str:
        return settings.KEMBAR_SITE_ADDRESS + reverse(name, args=[self.facts.office.slug, *parts]) + query

    @property
    def keeper(self) -> str:
        return f"{ACCOUNT}{self.reader.account.pk}"


def _passed_to(reader: Reader, facts: Facts) -> list[Passed]:
    """What went to this reader, each promise once, the longest overdue first."""
    found: dict[int, Passed] = {}
    bosses = heads(facts)
    for one in facts.passed:
        if is_for(one, account_id=reader.account.pk, heads=bosses):
            known = found.get(one.promise.pk)
            if known is None or _GRAVEST.index(one.step) < _GRAVEST.index(known.step):
                found[one.promise.pk] = one
    return sorted(found.values(), key=lambda one: (-(one.days or 0), one.promise.pk))


def compose(reader: Reader, facts: Iterable[Facts], *, on: date, now: datetime, urgent: bool = False) -> Told:
    """What the mail of that day says; nothing where there is nothing. `urgent`: only what has newly gone to the reader
    because somebody else did not do it."""
    with override(reader.account.language):
        found = []
        for one in facts:
            desk = _Desk(one, reader, now, _passed_to(reader, one))
            if not desk.may(Permission.READ_DESK):
                continue
            sections = [section for build in (_URGENT if urgent else _SECTIONS) if (section := build(desk))]
            if sections:
                city = one.office.local_government.name_in(get_language() or "id")
                found.append(Part(one.office.pk, gettext("Cooperation office of %(city)s") % {"city": city}, sections))
        return Told(on, found)


def _section(title: str, found: Sequence[object], line: Callable[..., Line], *, href: str = "") -> Section | None:
    if not found:
        return None
    return Section(title, [line(one) for one in found[:MOST_LINES]], len(found), href)


def _what(row: Commitment, desk: _Desk) -> dict[str, str]:
    text = row.what if len(row.what) <= LONGEST_WHAT else row.what[: LONGEST_WHAT - 1].rstrip() + "…"
    return {"what": capfirst(" ".join(text.split())), "partner": desk.facts.names.of(row.partnership)}


def _passed_on(desk: _Desk) -> Section | None:
    return _passed_section(desk, desk.passed)


def _newly_passed(desk: _Desk) -> Section | None:
    return _passed_section(desk, [one for one in desk.passed if desk.is_news(one.key)])


def _passed_section(desk: _Desk, found: Sequence[Passed]) -> Section | None:
    def line(one: Passed) -> Line:
        owner = one.promise.owner
        name = owner.removeprefix(POST)
        if owner.startswith(ACCOUNT):
            name = desk.facts.owners.get(int(owner.removeprefix(ACCOUNT)), owner)
        told = _what(one.promise, desk) | {"owner": name, "date": written(one.promise.due), "days": str(one.days or 0)}
        if one.step == LEFT:
            text = gettext("Name a new owner, %(owner)s has left the office: %(what)s (%(partner)s). Due: %(date)s.")
        else:
            text = gettext("%(what)s (%(partner)s). Due: %(date)s; days overdue: %(days)s. Owner: %(owner)s.")
        return Line(text % told, desk.page("desk:commitment", one.promise.pk))

    return _section(
        gettext("Passed on to you"), found, line, href=desk.page("desk:commitments", query="?state=overdue")
    )


def _own(desk: _Desk, *, overdue: bool) -> list[Commitment]:
    known = {one.promise.pk for one in desk.passed}
    rows = desk.facts.keeping.get(desk.keeper, ())
    return [row for row in rows if row.pk not in known and is_overdue(row.terms, on=desk.facts.on) is overdue]


def _own_line(desk: _Desk, row: Commitment) -> Line:
    late = is_overdue(row.terms, on=desk.facts.on) and row.due is not None and row.due.latest is not None
    told = _what(row, desk) | {"date": written(row.due)}
    if late and row.due and row.due.latest:
        told["days"] = str((desk.facts.on - row.due.latest).days)
        text = gettext("%(what)s (%(partner)s). Due: %(date)s; days overdue: %(days)s.") % told
    else:
        text = gettext("%(what)s (%(partner)s). Due: %(date)s.") % told
    if row.owner != desk.keeper:
        text = gettext("%(text)s You are the deputy.") % {"text": text}
    return Line(text, desk.page("desk:commitment", row.pk))


def _overdue(desk: _Desk) -> Section | None:
    return _section(gettext("Overdue"), _own(desk, overdue=True), lambda row: _own_line(desk, row),
                    href=desk.page("desk:commitments", query="?state=overdue&whose=mine"))  # fmt: skip


def _due(desk: _Desk) -> Section | None:
    title = gettext("Due within %(days)s days") % {"days": desk.facts.limits.soon}
    return _section(title, _own(desk, overdue=False), lambda row: _own_line(desk, row),
                    href=desk.page("desk:commitments", query="?state=open&whose=mine"))  # fmt: skip


def _case_line(desk: _Desk, one: Lying) -> Line:
    language = get_language() or "id"
    day = one.case.standing_since if one.paused else one.case.since
    told = {"subject": one.case.subject, "step": one.step(language) if one.step else gettext("close the case"),
            "holder": one.holder(language) if one.holder else "", "days": str(one.days or 0), "date": written(day),
            "standing": str(Standing(one.case.standing).label)}  # fmt: skip
    if one.paused:
        text = gettext("%(subject)s: %(standing)s. Since: %(date)s.")
    elif one.own:
        text = gettext("%(subject)s. Next step: %(step)s. With you since: %(date)s (%(days)s working days).")
    elif one.days is None:
        text = gettext("%(subject)s. Waiting for: %(holder)s.")
    else:
        text = gettext("%(subject)s. Waiting for: %(holder)s, since %(days)s working days.")
    return Line(text % told, desk.page("desk:case", one.case.pk))


def _own_cases(desk: _Desk) -> Section | None:
    found = [one for one in desk.facts.lying if one.own and not one.paused]
    return _cases(desk, gettext("Cases lying with your office"), found, query="?standing=open&holder=office")


def _waiting(desk: _Desk) -> Section | None:
    found = [one for one in desk.facts.lying if one.paused or not one.own]
    return _cases(desk, gettext("Waiting for others"), found, query="?standing=open")


def _cases(desk: _Desk, title: str, found: Sequence[Lying], *, query: str) -> Section | None:
    if not desk.may(Permission.MOVE_CASES):
        return None
    return _section(title, found, lambda one: _case_line(desk, one), href=desk.page("desk:cases", query=query))


def _endings(desk: _Desk) -> Section | None:
    if not desk.may(Permission.MOVE_CASES):
        return None

    def line(one: Ending) -> Line:
        title = desk.facts.titles.get((desk.reader.account.language, one.renews), "")
        told = {"partner": desk.facts.names.of(one.partnership), "date": written(one.ends), "months": str(one.alert),
                "paper": title or gettext("the paper in force")}  # fmt: skip
        if one.case is None:
            text = gettext("%(partner)s: open the renewal of “%(paper)s”, under %(months)s months left: %(date)s.")
            return Line(text % told, desk.page("desk:open-case", one.partnership.slug))
        text = gettext("%(partner)s: go on with the renewal of “%(paper)s”, under %(months)s months left: %(date)s.")
        return Line(text % told, desk.page("desk:case", one.case.pk))

    found = [one for one in desk.facts.endings if one.alert and desk.is_news(ending_key(one))]
    return _section(gettext("Papers that end"), found, line, href=desk.page("desk:renewals"))


def _letters(desk: _Desk) -> Section | None:
    if not desk.may(Permission.MOVE_CASES):
        return None

    def line(one: StaleLetter) -> Line:
        told = {"partner": desk.facts.names.of(one.partnership), "date": written(one.signed), "months": str(one.months)}
        text = gettext(
            "%(partner)s: revive, park or close the letter of intent (%(date)s, over %(months)s months old)."
        )
        return Line(text % told, desk.page("desk:decide-letter", one.paper.removeprefix("instrument:")))

    found = [one for one in desk.facts.letters if desk.is_news(letter_key(one))]
    return _section(gettext("Letters of intent without a next step"), found, line, href=desk.page("desk:renewals"))


def _answers(desk: _Desk) -> Section | None:
    if not (desk.may(Permission.READ_PRIVATE) and desk.may(Permission.KEEP_REGISTER)):
        return None

    def line(one: Said) -> Line:
        told = _what(one.promise, desk) | {"standing": capfirst(one.standing.label)}
        return Line(
            gettext("%(standing)s: %(what)s (%(partner)s).") % told, desk.page("desk:confirmation", one.request)
        )

    return _section(gettext("Answers from partners"), desk.facts.said, line, href=desk.page("desk:confirmations"))


def _texts(desk: _Desk) -> Section | None:
    """For the translators; in an office that has none, for whoever may translate."""
    translators = any(one.enters and Role.TRANSLATOR in one.roles for one in desk.facts.colleagues)
    own = desk.reader.actor.roles.get(desk.facts.office.pk, frozenset())
    if not desk.may(Permission.TRANSLATE) or (translators and Role.TRANSLATOR not in own):
        return None

    def line(one: Work) -> Line:
        told = _what(one.promise, desk) | {"language": language_name(one.language)}
        address = desk.page("desk:translate-commitment", one.promise.pk, html_language(one.language).lower())
        return Line(gettext("Translate into %(language)s: %(what)s (%(partner)s).") % told, address)

    return _section(gettext("Texts to translate"), desk.facts.texts, line, href=desk.page("desk:translations"))


def _unreachable(desk: _Desk) -> Section | None:
    if not desk.may(Permission.MANAGE_MEMBERS):
        return None
    found = [one for one in desk.facts.colleagues if one.account.pk in desk.reader.unreachable]

    def line(one: Colleague) -> Line:
        text = gettext("Correct the mail address of %(name)s: the last letters could not be delivered.")
        return Line(text % {"name": one.account.name}, desk.page("people_members"))

    return _section(gettext("Mail that does not arrive"), found, line, href=desk.page("people_members"))


_Build = Callable[[_Desk], Section | None]
_SECTIONS: tuple[_Build, ...] = (_passed_on, _overdue, _due, _own_cases, _answers, _texts, _endings, _letters, _waiting,
                                 _unreachable)  # fmt: skip
_URGENT: tuple[_Build, ...] = (_newly_passed,)
