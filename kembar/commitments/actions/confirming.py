"""A promise is put into the partner's words, put before the partner, and answered."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.commitments import rules
from kembar.commitments.actions.refusing import WrongMove, let_fall, locked, set_confirmed
from kembar.commitments.content import WORDS, content_of
from kembar.commitments.models import Commitment
from kembar.countersign import queries as countersign
from kembar.countersign.actions.answering import ContentChanged, Said, Sheet, answer, file_sheet
from kembar.countersign.actions.asking import Addressee, WrongRequest, ask
from kembar.countersign.rules import fingerprint
from kembar.countersign.states import Reply
from kembar.languages import actions as languages
from kembar.languages.states import TextState
from kembar.partnerships.queries import merged_keys


@transaction.atomic
def translate(
    commitment: Commitment, *, by: Actor, text: str, language: str, of_hash: str, state: str = TextState.HUMAN
) -> None:
    """What is promised, in another language; `of_hash` is of the original the translator had in sight. A confirmation
    of other words falls. Raises what `languages.actions.translate` raises, Voided."""
    require(by, Permission.TRANSLATE, office_id=commitment.office_id)
    now = locked(commitment)
    languages.translate(text, by=by, subject=now.key, field=WORDS, language=language, office_id=now.office_id,
                        state=state, of_hash=of_hash)  # fmt: skip
    if let_fall(now, by=by):
        now.version += 1
        now.save()


@transaction.atomic
def ask_partner(
    chosen: Sequence[Commitment], *, by: Actor, to: Addressee, seen: Mapping[str, str]
) -> countersign.Request:
    """Asks a contact of the file to confirm these promises. `seen`: key → fingerprint of what the officer saw.

    Raises ContentChanged, WrongMove, Voided, WrongRequest, NotComplete.
    """
    require(by, Permission.KEEP_REGISTER, office_id=to.contact.office_id)
    # Held in one order, whatever order they were chosen in: two officers who ask at once never wait for each other.
    held = {row.pk: locked(row) for row in sorted(chosen, key=lambda row: row.pk)}
    asked = []
    for row in chosen:
        now = held[row.pk]
        file = now.partnership.merged_into or now.partnership
        if to.contact.about not in (file.key, *merged_keys(file)) or to.contact.office_id != now.office_id:
            raise WrongRequest("contact")
        if now.state not in rules.OPEN:
            raise WrongMove(now)
        content = content_of(now, languages=(to.own_language, to.language))
        if fingerprint(content) != seen.get(now.key):
            raise ContentChanged(content)
        asked.append(content)
    return ask(asked, by=by, to=to)


@transaction.atomic
def take_answer(commitment: Commitment, *, asked: countersign.Asked, said: Said) -> countersign.Answer:
    """What the other side says of a promise on its page. Raises what `countersign` raises for an answer, WrongMove for
    a promise that is settled, Voided."""
    now = _answerable(commitment, said=said)
    file = now.partnership.merged_into or now.partnership
    partner = Actor(person_id=None, label=file.english_name)
    given = answer(asked, by=partner, said=said, now=content_of(now, languages=asked.shown.languages))
    return _follows(now, given=given)


@transaction.atomic
def take_sheet(
    commitment: Commitment, *, by: Actor, asked: countersign.Asked, said: Said, sheet: Sheet
) -> countersign.Answer:
    """The same from a signed sheet that an officer files. Raises as `take_answer`."""
    now = _answerable(commitment, said=said)
    content = content_of(now, languages=asked.shown.languages)
    return _follows(now, given=file_sheet(asked, by=by, said=said, sheet=sheet, now=content))


def _answerable(commitment: Commitment, *, said: Said) -> Commitment:
    now = locked(commitment)
    if said.reply != Reply.DISPUTE and now.state not in rules.OPEN:
        raise WrongMove(now)
    return now


def _follows(now: Commitment, *, given: countersign.Answer) -> countersign.Answer:
    """The promise is confirmed as long as one confirmation of the other side stands."""
    standing = countersign.standing_confirmations([now.key], office_id=now.office_id)
    since = min((row.at for row in standing.get(now.key, [])), default=None)
    if since != now.confirmed_at:
        set_confirmed(now, since=since)
        now.version += 1
        now.save()
    return given
