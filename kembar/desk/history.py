"""The journal in sentences: one line per verb."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext, gettext_lazy

from kembar.agreements.states import ApprovalKind, InstrumentKind
from kembar.desk.words import KINDS, attribute_words, value_words
from kembar.journal.queries import Entry
from kembar.partnerships.states import Standing
from kembar.procedure.spoken import rule_words
from kembar.procedure.states import Choice as LetterChoice
from kembar.procedure.states import Requirement, Result
from kembar.procedure.states import Standing as CaseStanding
from kembar.procedure.template import Words
from kembar.sources.states import Decision, Outcome
from kembar.web.templatetags.web import number

SENTENCES: dict[str, str | Promise] = {
    "document.entered": gettext_lazy("entered the source “%(title)s”"),
    "document.corrected": gettext_lazy("corrected what is known of the source “%(title)s”"),
    "document.merged": gettext_lazy("joined the source “%(duplicate)s” to “%(title)s”: it had been entered twice"),
    "report.answered": gettext_lazy("answered a visitor’s report: %(outcome)s"),
    "claim.entered": gettext_lazy("noted from “%(document)s”: %(attribute)s %(value)s (%(decision)s)"),
    "claim.decided": gettext_lazy("decided on %(attribute)s %(value)s: %(to)s. %(reason)s"),
    "city.adopted": gettext_lazy("began to work with %(name)s"),
    "city.added": gettext_lazy("added %(name)s by hand"),
    "city.renamed": gettext_lazy("changed the usual name of a city"),
    "office.opened": gettext_lazy("opened the office"),
    "partnership.opened": gettext_lazy("opened the file on %(partner)s (%(kind)s)"),
    "partnership.keepers_named": gettext_lazy("said who answers for the partner"),
    "partnership.merged": gettext_lazy("joined a second file on %(partner)s to this one. %(reason)s"),
    "partnership.withdrawn": gettext_lazy("took back the file on %(partner)s, in which nothing stands. %(reason)s"),
    "partnership.reopened": gettext_lazy("opened the file on %(partner)s again: something stands in it"),
    "event.noted": gettext_lazy("entered the event “%(title)s”"),
    "event.settled": gettext_lazy("brought the event “%(title)s” in step with the sources: %(date)s, %(standing)s"),
    "event.voided": gettext_lazy("voided an event. %(reason)s"),
    "instrument.added": gettext_lazy("entered a paper: %(kind)s"),
    "instrument.settled": gettext_lazy("brought a paper in step with the sources: %(after)s"),
    "instrument.voided": gettext_lazy("voided a paper. %(reason)s"),
    "instrument.merged": gettext_lazy("joined two entries of one paper (%(kind)s). %(reason)s"),
    "signature.added": gettext_lazy("entered the signature of %(party)s"),
    "signature.settled": gettext_lazy("brought a signature in step with the sources: %(after)s"),
    "signature.voided": gettext_lazy("voided a signature. %(reason)s"),
    "approval.added": gettext_lazy("entered an approval: %(kind)s"),
    "approval.settled": gettext_lazy("brought an approval in step with the sources: %(after)s"),
    "approval.voided": gettext_lazy("voided an approval. %(reason)s"),
    "claims.imported": gettext_lazy("brought in a file of statements: %(new)s new of %(rows)s"),
    "spreadsheet.taken": gettext_lazy("handed in the spreadsheet “%(name)s”"),
    "spreadsheet.entered": gettext_lazy("brought in the spreadsheet “%(name)s”: %(rows)s rows, %(claims)s statements"),
    "spreadsheet.undone": gettext_lazy("took back the spreadsheet “%(name)s”. %(reason)s"),
    "spreadsheet.dropped": gettext_lazy("put the spreadsheet “%(name)s” aside"),
    "text.read": gettext_lazy("had the text “%(title)s” read"),
    "text.filed": gettext_lazy("said which partner a text is about"),
    "draft.accepted": gettext_lazy("confirmed a draft that was read from a text"),
    "draft.dropped": gettext_lazy("discarded a draft that was read from a text"),
    "draft.merged": gettext_lazy("joined two drafts that say the same"),
    "draft.reopened": gettext_lazy("took up a discarded draft again"),
    "commitment.claimed": gettext_lazy("entered the promise “%(what)s” from “%(document)s”"),
    "commitment.accepted": gettext_lazy("took on the promise “%(what)s”"),
    "commitment.started": gettext_lazy("noted that work on the promise “%(what)s” has begun"),
    "commitment.kept": gettext_lazy("noted the promise “%(what)s” as kept. %(evidence)s"),
    "commitment.partly_kept": gettext_lazy("noted the promise “%(what)s” as partly kept. %(evidence)s %(reason)s"),
    "commitment.round_kept": gettext_lazy("noted one round of the promise “%(what)s” as kept. %(evidence)s"),
    "commitment.dropped": gettext_lazy("noted the promise “%(what)s” as dropped. %(reason)s"),
    "commitment.reopened": gettext_lazy("took the promise “%(what)s” up again. %(reason)s"),
    "commitment.amended": gettext_lazy("changed what is known of the promise “%(what)s”"),
    "commitment.passed_on": gettext_lazy("passed the promise “%(what)s” on %(passed_to)s"),
    "digest.chosen": gettext_lazy("chose how often their digest comes"),
    "reminders.set": gettext_lazy("changed after how many days promises are passed on and when renewals begin"),
    "commitment.voided": gettext_lazy("voided the promise “%(what)s”. %(reason)s"),
    "case.opened": gettext_lazy("opened the case “%(subject)s”"),
    "case.step_done": gettext_lazy("noted in the case “%(subject)s”: %(step_name)s done (%(on)s). %(number)s"),
    "case.step_skipped": gettext_lazy("noted in the case “%(subject)s”: %(step_name)s left out (%(on)s). %(reason)s"),
    "case.sent_back": gettext_lazy("noted in the case “%(subject)s”: sent back to %(step_name)s (%(on)s). %(reason)s"),
    "case.reported": gettext_lazy("noted in the case “%(subject)s”: the partner reported %(step_name)s (%(on)s)"),
    "case.paused": gettext_lazy("noted in the case “%(subject)s”: %(standing_name)s (%(on)s). %(reason)s"),
    "case.resumed": gettext_lazy("resumed the case “%(subject)s” (%(on)s). %(reason)s"),
    "case.chased": gettext_lazy("noted in the case “%(subject)s”: asked again (%(on)s). %(note)s"),
    "case.ended": gettext_lazy("noted in the case “%(subject)s”: %(standing_name)s (%(on)s). %(reason)s"),
    "case.closed": gettext_lazy("closed the case “%(subject)s” (%(on)s)"),
    "case.checked": gettext_lazy(
        "noted in the case “%(subject)s”: checked “%(requirement)s”: %(result)s. %(evidence)s"
    ),
    "case.planned_anew": gettext_lazy("noted in the case “%(subject)s”: changed what is planned: %(change)s"),
    "case.rule_set_aside": gettext_lazy("noted in the case “%(subject)s”: set a rule aside: %(rule)s. %(reason)s"),
    "case.road_changed": gettext_lazy("case “%(subject)s”: went over to another version of the procedure. %(reason)s"),
    "letter_of_intent.decided": gettext_lazy(
        "decided on a letter of intent that went stale: %(letter_choice)s. %(reason)s"
    ),
    "day.set": gettext_lazy("changed the calendar of working days: %(day)s, %(name)s"),
    "recess.set": gettext_lazy("entered a recess of the council: %(name)s, %(first)s to %(last)s. %(source)s"),
    "recess.withdrawn": gettext_lazy("withdrew a recess of the council: %(name)s. %(reason)s"),
    "paper.filled_in": gettext_lazy("case “%(subject)s”: filled in fields for its papers"),
    "paper.produced": gettext_lazy("produced the paper “%(paper)s”, text version %(version)s"),
    "letter.numbered": gettext_lazy("gave the number %(number)s to “%(letter)s”"),
    "letter.number_voided": gettext_lazy("voided the number %(number)s. %(reason)s"),
    "letterhead.set": gettext_lazy("changed a letterhead"),
    "numbering.set": gettext_lazy("changed how letters are numbered: %(pattern)s"),
    "template.brought_in": gettext_lazy("brought in the procedure template %(code)s, version %(version)s"),
    "confirmation.asked": gettext_lazy("asked the partner to confirm a promise"),
    "confirmation.asked_again": gettext_lazy("asked the partner a second time to confirm a promise"),
    "confirmation.revoked": gettext_lazy("took a question to the partner back"),
    "confirmation.given": gettext_lazy("confirmed a promise (fingerprint %(fingerprint)s)"),
    "confirmation.disputed": gettext_lazy("objected to a promise"),
    "confirmation.reported_kept": gettext_lazy("reported a promise as kept"),
    "confirmation.fell": gettext_lazy("changed a promise: the partner’s confirmation no longer counts"),
    "confirmation.settled": gettext_lazy("dealt with what the partner said"),
    "account.opened": gettext_lazy("opened their account"),
    "account.changed": gettext_lazy("changed their own name, language or time zone"),
    "directory.bound": gettext_lazy("signed in with the city’s directory for the first time"),
    "account.recovered": gettext_lazy("set up sign-in anew"),
    "password.set": gettext_lazy("changed a password"),
    "sign_in.changed": gettext_lazy("changed how they sign in"),
    "calendar.opened": gettext_lazy("made a secret address for their calendar"),
    "calendar.withdrawn": gettext_lazy("withdrew the secret address of their calendar"),
    "session.ended": gettext_lazy("signed out in another browser"),
    "member.invited": gettext_lazy("invited a member"),
    "invitation.withdrawn": gettext_lazy("withdrew an invitation"),
    "member.joined": gettext_lazy("joined the office"),
    "role.given": gettext_lazy("gave a member another role"),
    "member.left": gettext_lazy("ended a member’s role"),
    "second_factor.reset": gettext_lazy("reset a member’s sign-in"),
    "token.made": gettext_lazy("made the access token “%(name)s” for a program"),
    "token.revoked": gettext_lazy("revoked the access token “%(name)s”"),
    "holder.named": gettext_lazy("entered the office-holder %(person)s, %(post)s"),
    "holder.changed": gettext_lazy("corrected what is known of %(person)s"),
    "holder.voided": gettext_lazy("voided the entry of the office-holder %(person)s, %(post)s. %(reason)s"),
    "attachment.added": gettext_lazy("handed in the document “%(title)s”"),
    "attachment.changed": gettext_lazy("changed what is said of the document “%(title)s”"),
    "attachment.withdrawn": gettext_lazy("withdrew the document “%(title)s”. %(reason)s"),
    "note.written": gettext_lazy("wrote a note"),
    "note.changed": gettext_lazy("changed their note"),
    "note.withdrawn": gettext_lazy("withdrew a note"),
    "contact.added": gettext_lazy("added a contact"),
    "contact.changed": gettext_lazy("changed a contact"),
    "contact.voided": gettext_lazy("took a contact out of use"),
    "letter.retried": gettext_lazy("had a letter sent again"),
    "letter.dropped": gettext_lazy("withdrew a letter before it was sent"),
    "letter.erased": gettext_lazy("erased the text of a letter"),
    "file.kept": gettext_lazy("handed in a file"),
    "file.checked_again": gettext_lazy("had the signatures in the file “%(name)s” checked again"),
    "file.removed": gettext_lazy("took a file away. %(reason)s"),
    "prose.written": gettext_lazy("wrote the text “%(after)s”"),
    "prose.translated": gettext_lazy("translated a text: “%(after)s”"),
    "prose.removed": gettext_lazy("removed a text"),
    "term.added": gettext_lazy("added to the glossary: %(words)s"),
    "term.changed": gettext_lazy("changed a term of the glossary: %(before)s → %(words)s"),
    "term.removed": gettext_lazy("removed from the glossary: %(words)s"),
}
# Of the deeds that come in dozens: many of one person, in one file, on one day, are told in one sentence.
TOGETHER: dict[str, str | Promise] = {
    "prose.written": gettext_lazy("wrote %(count)s texts"),
    "prose.translated": gettext_lazy("translated %(count)s texts"),
    "document.entered": gettext_lazy("entered %(count)s sources"),
    "claim.entered": gettext_lazy("noted %(count)s statements of sources"),
    "claim.decided": gettext_lazy("decided on %(count)s statements of sources"),
    "city.adopted": gettext_lazy("began to work with %(count)s cities"),
    "event.noted": gettext_lazy("entered %(count)s events"),
    "event.settled": gettext_lazy("brought %(count)s events in step with the decisions on their sources"),
    "instrument.added": gettext_lazy("entered %(count)s papers"),
    "instrument.settled": gettext_lazy("brought %(count)s papers in step with the decisions on their sources"),
    "signature.added": gettext_lazy("entered %(count)s signatures"),
    "signature.settled": gettext_lazy("brought %(count)s signatures in step with the decisions on their sources"),
    "approval.added": gettext_lazy("entered %(count)s approvals"),
    "approval.settled": gettext_lazy("brought %(count)s approvals in step with the decisions on their sources"),
    "draft.accepted": gettext_lazy("confirmed %(count)s drafts that were read from texts"),
    "draft.dropped": gettext_lazy("discarded %(count)s drafts that were read from texts"),
    "commitment.claimed": gettext_lazy("entered %(count)s promises"),
    "commitment.accepted": gettext_lazy("took on %(count)s promises"),
    "commitment.amended": gettext_lazy("changed what is known of %(count)s promises"),
    "commitment.started": gettext_lazy("noted that work on %(count)s promises has begun"),
    "confirmation.asked": gettext_lazy("asked the partner to confirm %(count)s promises"),
    "confirmation.given": gettext_lazy("confirmed %(count)s promises"),
    "holder.named": gettext_lazy("entered %(count)s office-holders"),
    "contact.added": gettext_lazy("added %(count)s contacts"),
    "contact.changed": gettext_lazy("changed %(count)s contacts"),
    "member.invited": gettext_lazy("invited %(count)s members"),
    "role.given": gettext_lazy("gave %(count)s members another role"),
    "file.kept": gettext_lazy("handed in %(count)s files"),
}
# Followed from a decision; nobody did it.
FOLLOWED = ("event.settled", "instrument.settled", "signature.settled", "approval.settled")
_LABELS: dict[str, Mapping[str, str | Promise]] = {
    "kind": {**KINDS, **dict(InstrumentKind.choices), **dict(ApprovalKind.choices)},
    "decision": dict(Decision.choices),
    "to": dict(Decision.choices),
    "outcome": dict(Outcome.choices),
    "standing": dict(Standing.choices),
    "standing_name": dict(CaseStanding.choices),
    "requirement": dict(Requirement.choices),
    "result": dict(Result.choices),
    "letter_choice": dict(LetterChoice.choices),
    "passed_to": {
        "deputy": gettext_lazy("to the deputy"),
        "head": gettext_lazy("to the head of the office"),
        "left": gettext_lazy("to the head of the office, because its owner has left"),
    },
}
_HIDDEN = ("term_from", "term_wording", "supersedes_id")


LONGEST_TEXT = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One deed: when (with its zone), who, what. `parts`: the deeds it stands for, where it stands for several."""

    at: datetime
    who: str
    what: str
    followed: bool
    about: str
    parts: tuple["Line", ...] = ()


def sentence(verb: str, facts: Mapping[str, object]) -> str:
    """A deed in words; a verb of a concept the desk does not know is said as it stands in the journal."""
    if verb not in SENTENCES:
        return verb.replace(".", ": ").replace("_", " ")
    return " ".join((str(SENTENCES[verb]) % _Shown(facts)).split())


def lines(entries: Iterable[Entry], *, zone: ZoneInfo) -> list[Line]:
    """Each deed at the clock of the office; alike ones of one person in one file on one day in one line, which stands
    where the first of them stood."""
    alike: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        day = entry.at.astimezone(zone).date() if entry.verb in TOGETHER else entry.pk
        alike.setdefault((entry.verb, entry.actor_id, entry.actor, entry.about, day), []).append(entry)
    return [_line(several, zone) for several in alike.values()]


def _line(several: list[Entry], zone: ZoneInfo) -> Line:
    told = [
        Line(
            entry.at.astimezone(zone),
            entry.actor,
            sentence(entry.verb, entry.facts),
            entry.verb in FOLLOWED,
            entry.about,
        )
        for entry in several
    ]
    if len(told) == 1:
        return told[0]
    return replace(told[0], what=str(TOGETHER[several[0].verb]) % {"count": number(len(told))}, parts=tuple(told))


class _Shown(dict[str, str]):
    """The facts of an entry in words; a fact an old entry lacks is empty."""

    def __init__(self, facts: Mapping[str, object]) -> None:
        super().__init__()
        attribute = str(facts.get("attribute", ""))
        for name, fact in facts.items():
            if name in _LABELS:
                self[name] = str(_LABELS[name].get(str(fact), fact))
            elif name == "step_name" and isinstance(fact, dict):
                self[name] = Words(fact)(get_language() or "id")
            elif name == "fingerprint":
                self[name] = Truncator(str(fact)).chars(13)
            elif name == "attribute":
                self[name] = attribute_words(attribute)
            elif name == "rule":
                self[name] = rule_words(str(fact))
            elif name in ("value", "date", "on"):
                value = value_words(attribute if name == "value" else "date", str(fact))
                self[name] = value or gettext("not known")
            elif name == "after" and isinstance(fact, dict):
                self[name] = _after(fact)
            else:
                self[name] = Truncator(str(fact)).chars(LONGEST_TEXT) if name == "after" else str(fact)

    def __missing__(self, name: str) -> str:
        return ""


def _after(changes: Mapping[str, object]) -> str:
    parts = []
    for name, value in changes.items():
        if name == "standing":
            parts.append(str(Standing(str(value)).label))
        elif name not in _HIDDEN:
            words = value_words(name, str(value)) if value else gettext("not known")
            parts.append(f"{attribute_words(name)} {words}")
    return ", ".join(parts)
