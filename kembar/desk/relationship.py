"""The health of a relationship in words: its level, and each reason with the place where it is seen."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from kembar.access.permissions import Permission, may
from kembar.agreements import health
from kembar.agreements.health import Reason, Signs, health_on
from kembar.commitments.queries import burden_of
from kembar.desk.partner_file import PartnerFile
from kembar.desk.people import keys_of
from kembar.desk.place import Place
from kembar.desk.words import length_words
from kembar.partnerships.queries import Partnership
from kembar.people.queries import has_contact
from kembar.web.dates import written

LEVELS: dict[str, str | Promise] = {
    health.WELL: pgettext_lazy("health of a relationship", "well kept"),
    health.WATCH: pgettext_lazy("health of a relationship", "needs attention"),
    health.RISK: pgettext_lazy("health of a relationship", "in danger"),
}
_WORDS: dict[str, str | Promise] = {
    health.IN_FORCE: gettext_lazy("in force until %(date)s"),
    health.OVER: gettext_lazy("ran out on %(date)s"),
    health.ACTIVE: gettext_lazy("last activity %(date)s"),
    health.NO_ACTIVITY: gettext_lazy("no activity on file"),
    health.RENEWAL: gettext_lazy("the renewal should have begun: ends on %(date)s"),
    health.LETTER: gettext_lazy("letter of intent without an agreement for over %(months)d months"),
    health.APPROVAL: gettext_lazy("approved and not signed for over %(months)d months"),
    health.DISPUTES: gettext_lazy("disagreements to decide: %(number)d"),
    health.OVERDUE: gettext_lazy("promises overdue: %(number)d"),
    health.UNOWNED: gettext_lazy("promises nobody has taken on: %(number)d"),
    health.NO_CONTACT: gettext_lazy("nobody to write to: no contact on file"),
}
_WITHOUT_DAY: dict[str, str | Promise] = {
    health.IN_FORCE: gettext_lazy("in force, end not known"),
    health.OVER: gettext_lazy("ran out, the day is not known"),
}
_PLACES = {
    health.IN_FORCE: "#papers", health.OVER: "#papers", health.RENEWAL: "#papers", health.LETTER: "#papers",
    health.APPROVAL: "#approvals", health.ACTIVE: "#events", health.NO_ACTIVITY: "#events",
    health.DISPUTES: "#disagree",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sign:
    """A reason in words; `href` is "" where its reader may not see what it counts."""

    text: str
    level: str
    href: str


@dataclass(frozen=True, slots=True)
class Shown:
    level: str
    label: str | Promise
    signs: list[Sign]


def health_of(file: Partnership, sheet: PartnerFile, place: Place) -> Shown | None:
    """Two queries; None where there is no relationship to keep."""
    if sheet.state is None:
        return None
    burden = burden_of(file, on=place.today)
    signs = Signs(
        headline=sheet.state.headline, activity=sheet.state.activity, until=sheet.state.until, last=sheet.last_event,
        due=sheet.pressing[0].due if sheet.pressing else None,
        disputes=sum(not dispute.settled for dispute in sheet.disputes), overdue=burden.overdue, unowned=burden.claimed,
        has_contact=has_contact(keys_of(file), office_id=place.id),
    )  # fmt: skip
    found = health_on(signs, place.today)
    if found is None:
        return None
    told = [Sign(_words(reason), reason.level, _place(reason, file, place)) for reason in found.reasons]
    return Shown(found.level, LEVELS[found.level], told)


def _words(reason: Reason) -> str:
    words = _WITHOUT_DAY[reason.code] if reason.day is None and reason.code in _WITHOUT_DAY else _WORDS[reason.code]
    facts = {"date": written(reason.day) if reason.day else "", "months": reason.months, "number": reason.number}
    text = str(words) % facts
    if reason.code == health.ACTIVE and reason.months:
        text = gettext("%(what)s, %(length)s ago") % {"what": text, "length": length_words(f"P{reason.months}M")}
    return text


def _place(reason: Reason, file: Partnership, place: Place) -> str:
    if reason.code in (health.OVERDUE, health.UNOWNED):
        state = "overdue" if reason.code == health.OVERDUE else "claimed"
        return reverse("desk:commitments", kwargs={"office": place.slug}) + f"?partner={file.slug}&state={state}"
    if reason.code == health.NO_CONTACT:
        reads = may(place.actor, Permission.READ_PRIVATE, office_id=place.id)
        return reverse("desk:contacts", kwargs={"office": place.slug, "partner": file.slug}) if reads else ""
    return _PLACES[reason.code]
