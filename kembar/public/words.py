"""What the public pages call things. Nothing here says more of a partner than its papers do."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext_lazy

from kembar.agreements.states import Headline
from kembar.lib.dates import EdtfDate, parse_duration
from kembar.partnerships.states import Kind
from kembar.web.dates import written

MEANINGS: dict[str, str | Promise] = {
    Headline.IN_FORCE: gettext_lazy("A signed paper of this cooperation is in force."),
    Headline.COUNCIL_APPROVED: gettext_lazy("The city council has approved; the paper itself is not signed."),
    Headline.LOI: gettext_lazy("Only an intention has been signed; no agreement follows from it yet."),
    Headline.EXPLORING: gettext_lazy("Both sides are getting to know each other; nothing is signed."),
    Headline.EXPIRED_ACTIVE: gettext_lazy("The paper has run out, but something was done in the last 24 months."),
    Headline.EXPIRED: gettext_lazy("The paper has run out, and nothing is known from the last 24 months."),
    Headline.ENDED: gettext_lazy("One side has given notice."),
    Headline.UNVERIFIED: gettext_lazy("Named in some source; no paper has been found."),
}
# The form a cooperation is meant to take: how filters and partners without a paper in force are worded.
KINDS: dict[str, str | Promise] = {
    Kind.SISTER: pgettext_lazy("kind of cooperation", "City with city"),
    Kind.FRIENDSHIP: pgettext_lazy("kind of cooperation", "City with city, in friendship"),
    Kind.THEMATIC: pgettext_lazy("kind of cooperation", "Thematic"),
    Kind.INSTITUTION: pgettext_lazy("kind of cooperation", "With an institution"),
    Kind.NETWORK: pgettext_lazy("kind of cooperation", "Network of cities"),
}
SISTER_CITY = gettext_lazy("Sister city")
FRIENDSHIP_CITY = gettext_lazy("Friendship city")
FRIENDSHIP_CITIES = gettext_lazy("friendship cities")


def kind_words(kind: str, *, headline: str, sister_city: bool) -> str:
    """A partner is called a sister city only where the register says it is one on that day."""
    if sister_city:
        return str(SISTER_CITY)
    if kind == Kind.FRIENDSHIP and headline == Headline.IN_FORCE:
        return str(FRIENDSHIP_CITY)
    return str(KINDS[kind])


def since_words(since: EdtfDate | None) -> str:
    return date_words(since) if since else ""


def until_words(headline: str, until: EdtfDate | None) -> str:
    """Until when, for states in which a paper is or was in force; empty for the others."""
    if headline not in (Headline.IN_FORCE, Headline.EXPIRED, Headline.EXPIRED_ACTIVE):
        return ""
    return date_words(until) if until else gettext("end not known")


def date_words(value: EdtfDate | None) -> str:
    return _written(value, get_language() or "")


@lru_cache(maxsize=8192)
def _written(value: EdtfDate | None, language: str) -> str:
    return written(value, language)


def duration_words(iso: str) -> str:
    """P4Y → 4 years; the text itself where it is no duration."""
    try:
        duration = parse_duration(iso)
    except ValueError:
        return iso
    years, months = divmod(duration.months, 12)
    parts = [
        ngettext("%(count)d year", "%(count)d years", years) % {"count": years} if years else "",
        ngettext("%(count)d month", "%(count)d months", months) % {"count": months} if months else "",
        ngettext("%(count)d day", "%(count)d days", duration.days) % {"count": duration.days} if duration.days else "",
    ]
    return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class StateLine:
    code: str
    label: str
    meaning: str


def state_lines() -> tuple[StateLine, ...]:
    """Every legal state, strongest first."""
    return _state_lines(get_language() or "")


@lru_cache
def _state_lines(language: str) -> tuple[StateLine, ...]:
    return tuple(StateLine(state.value, str(state.label), str(MEANINGS[state])) for state in Headline)


def state_label(code: str) -> str:
    return next(line.label for line in state_lines() if line.code == code)


def sister_line() -> StateLine:
    return StateLine(
        Headline.IN_FORCE.value,
        gettext("sister cities"),
        gettext("Of the sister kind, with a signed paper in force on this day."),
    )


def answer_line(code: str) -> StateLine:
    """A group of the answer to "how many": a kind whose paper is in force, or a legal state of any kind."""
    if code in MEANINGS:
        return next(line for line in state_lines() if line.code == code)
    label = str(FRIENDSHIP_CITIES) if code == Kind.FRIENDSHIP else str(KINDS[code])
    return StateLine(Headline.IN_FORCE.value, label, gettext("A signed paper is in force, of another kind."))


def answer_query(code: str) -> str:
    """The filters that list the same partners."""
    return f"state={code}" if code in MEANINGS else f"kind={code}&state=in_force"


def answer_order(code: str) -> int:
    """Kinds in force first, then the states in their own order."""
    order = [*Kind.values, *Headline.values]
    return order.index(code)
