"""What the desk shows of confirmations: whom to ask and what goes out, what came back, what waits for the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kembar.commitments import actions as commitments
from kembar.commitments import queries as promises
from kembar.commitments.content import contents_of
from kembar.commitments.rules import OPEN
from kembar.countersign import queries
from kembar.countersign.actions.answering import Said, Sheet
from kembar.countersign.actions.asking import Addressee
from kembar.countersign.rules import ANSWER_WITHIN, Content, fingerprint, from_plain, language_of
from kembar.countersign.shown import Difference, Row, differences, lack_words, side_by_side
from kembar.countersign.states import Reply, Standing
from kembar.desk.people import keys_of
from kembar.desk.place import Place
from kembar.files import store
from kembar.files.actions import keep
from kembar.lib.dates import parse_edtf
from kembar.partnerships.queries import Partnership
from kembar.people.queries import contacts_about

WHY_NOT: dict[str, str | Promise] = {
    "missing": gettext_lazy("One of these promises is not translated yet. Have it translated first."),
    "stale": gettext_lazy("The translation of one of these promises is older than the original. Bring it up to date."),
    "machine": gettext_lazy("A machine translated one of these promises. Have a person check it first."),
}
REFUSED: dict[str, tuple[str, str | Promise]] = {
    "nothing": ("promises", gettext_lazy("Choose at least one promise.")),
    "contact": ("contact", gettext_lazy("This contact is not in use any more, or belongs to another file.")),
    "email": (
        "channel",
        gettext_lazy("No mail address of this contact is known: print a sheet, or enter the address."),
    ),
    "language": ("language", gettext_lazy("Letters are written in the languages of this site.")),
    "answer_by": ("within", gettext_lazy("Give between 3 and 60 days.")),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """One promise as it goes out. `lack` says why it cannot yet."""

    key: str
    number: int
    rows: list[Row]
    fingerprint: str
    lack: str


def own_language(place: Place) -> str:
    return language_of(place.office.local_government.country)


def partner_language(file: Partnership, written: str = "") -> str:
    """The language to write in: the contact's, else that of the partner's country."""
    return language_of(file.partner.country, written=written)


def contacts(file: Partnership, place: Place) -> list[Any]:
    """Who can be asked: in use, and not known to have left the post."""
    key, *merged = keys_of(file)
    today = parse_edtf(place.today.isoformat())
    found = contacts_about(key, office_id=place.id, by=place.actor, also=merged)
    return [one for one in found if one.until is None or not one.until.certainly_before(today)]


def addressee(given: dict[str, Any], *, file: Partnership, place: Place) -> Addressee:
    """Whom the form names."""
    contact = next(one for one in contacts(file, place) if str(one.pk) == given["contact"])
    return Addressee(
        contact=contact, channel=given["channel"], own_language=own_language(place),
        language=given["language"] or partner_language(file, contact.language),
        answer_by=place.today + timedelta(days=given["within"] or ANSWER_WITHIN),
    )  # fmt: skip


def previews(chosen: Sequence[promises.Commitment], to: Addressee) -> list[Preview]:
    contents = contents_of(chosen, office_id=to.contact.office_id, languages=(to.own_language, to.language))
    return [
        Preview(row.key, row.pk, side_by_side(contents[row.pk]), fingerprint(contents[row.pk]),
                lack_words(contents[row.pk].lacking))
        for row in chosen
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer, as the office reads it. `changed`: what became of what was confirmed, word by word."""

    answer: queries.Answer
    reply: str
    at: datetime
    changed: list[Difference]
    waits: bool
    settle_href: str
    scan_href: str


@dataclass(frozen=True, slots=True)
class AskedLine:
    """Somebody was asked about one promise: how it stands, and what they said."""

    asked: queries.Asked
    request: queries.Request
    standing: str
    standing_label: str
    href: str
    answers: list[AnswerLine]


@dataclass(frozen=True, slots=True)
class PartnerSays:
    """What the partner says of one promise."""

    lines: list[AskedLine]
    may_ask: bool
    ask_href: str


def said_of(promise: promises.Commitment, place: Place) -> PartnerSays:
    file = promise.partnership.merged_into or promise.partnership
    href = reverse("desk:ask-confirmation", kwargs={"office": place.slug, "partner": file.slug})
    may_ask = place.may_keep and promise.voided_at is None and promise.state in OPEN
    lines = asked_lines(queries.asked_about(promise.key, office_id=place.id), place) if place.may_read_private else []
    return PartnerSays(lines, may_ask, f"{href}?promise={promise.pk}")


def asked_lines(found: Sequence[queries.Asked], place: Place) -> list[AskedLine]:
    undelivered = queries.undelivered(place.id)
    return [_asked_line(one, place, one.request_id in undelivered) for one in found]


def _asked_line(one: queries.Asked, place: Place, undelivered: bool) -> AskedLine:
    standing = queries.standing(one, today=place.today, undelivered=undelivered)
    return AskedLine(
        asked=one, request=one.request, standing=standing, standing_label=str(Standing(standing).label),
        href=reverse("desk:confirmation", kwargs={"office": place.slug, "number": one.request_id}),
        answers=[answer_line(row, place) for row in one.answers.all()],
    )  # fmt: skip


def answer_line(row: queries.Answer, place: Place) -> AnswerLine:
    became = from_plain(row.became) if row.became else None
    waits = row.settled_at is None and (row.fell_at is not None or row.reply != Reply.CONFIRM)
    where = {"office": place.slug, "number": row.pk}
    return AnswerLine(
        answer=row, reply=str(Reply(row.reply).label), at=row.at.astimezone(place.zone), waits=waits,
        changed=differences(row.shown, became) if became else [],
        settle_href=reverse("desk:settle-answer", kwargs=where) if waits and place.may_keep else "",
        scan_href=reverse("desk:scan", kwargs=where) if row.file_key else "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """One line of what waits for the office: an answer, or silence."""

    promise: str
    promise_href: str
    name: str
    post: str
    why: str
    at: datetime
    line: AnswerLine | None
    href: str


def to_look_at(place: Place) -> list[ToLookAt]:
    """Disputes, reports, fallen confirmations, then silence and letters that did not arrive; newest first each."""
    answers = list(queries.to_look_at(place.id))
    silent = list(queries.unanswered(place.id, today=place.today))
    subjects = [row.subject for row in answers] + [one.subject for one in silent]
    rows = promises.by_keys(subjects, office_id=place.id)
    found = [_looked_at(row, rows, place) for row in answers if row.subject in rows]
    undelivered = queries.undelivered(place.id)
    for one in silent:
        if one.subject in rows and rows[one.subject].voided_at is None:
            found.append(_silence(one, rows[one.subject], place, one.request_id in undelivered))
    return found


def how_many_to_look_at(place: Place) -> int:
    return queries.to_look_at(place.id).count() + queries.unanswered(place.id, today=place.today).count()


def _looked_at(row: queries.Answer, rows: dict[str, promises.Commitment], place: Place) -> ToLookAt:
    why = Standing.FALLEN if row.fell_at else {Reply.DISPUTE: Standing.DISPUTED}.get(Reply(row.reply), Standing.KEPT)
    request = row.asked.request
    return ToLookAt(
        rows[row.subject].what, _promise_href(rows[row.subject], place), row.name, row.post, str(why.label),
        (row.fell_at or row.at).astimezone(place.zone), answer_line(row, place),
        reverse("desk:confirmation", kwargs={"office": place.slug, "number": request.pk}),
    )  # fmt: skip


def _silence(one: queries.Asked, row: promises.Commitment, place: Place, undelivered: bool) -> ToLookAt:
    why = queries.standing(one, today=place.today, undelivered=undelivered)
    return ToLookAt(
        row.what, _promise_href(row, place), one.request.name, one.request.post, str(why.label),
        one.request.made_at.astimezone(place.zone), None,
        reverse("desk:confirmation", kwargs={"office": place.slug, "number": one.request_id}),
    )  # fmt: skip


def _promise_href(row: promises.Commitment, place: Place) -> str:
    return reverse("desk:commitment", kwargs={"office": place.slug, "number": row.pk})


@dataclass(frozen=True, slots=True)
class SheetPoint:
    """One promise of a sheet. `moved`: it reads otherwise now, so that the sheet must be printed anew."""

    line: AskedLine
    rows: list[Row]
    fingerprint: str
    promise: promises.Commitment | None
    moved: list[Difference]


def points_of(request: queries.Request, place: Place) -> list[SheetPoint]:
    """What went out with a request, beside how it stands."""
    asked = queries.asked_in(request)
    rows = promises.by_keys([one.subject for one in asked], office_id=place.id)
    two = (request.own_language, request.language)
    now = contents_of(rows.values(), office_id=place.id, languages=two)
    for one in asked:
        one.request = request
    lines = asked_lines(asked, place)
    return [_point(line, rows.get(line.asked.subject), now) for line in lines]


def _point(line: AskedLine, row: promises.Commitment | None, now: dict[int, Content]) -> SheetPoint:
    sent = line.asked.shown
    moved = differences(sent, now[row.pk]) if row else []
    return SheetPoint(line, side_by_side(sent), line.asked.fingerprint, row, moved)


def file_scan(
    request: queries.Request, *, place: Place, upload: "UploadedFile[bytes]", said: str, words: str, sheet: Sheet,
    points: Sequence[int],
) -> None:  # fmt: skip
    """Keeps the scan and takes it as the answer to these points, all or nothing. Raises what `files` and
    `commitments.take_sheet` raise."""
    asked = [one for one in queries.asked_in(request) if one.pk in points]
    rows = promises.by_keys([one.subject for one in asked], office_id=place.id)
    with store.receive(upload, name=upload.name or "scan") as arrived, transaction.atomic():
        kept = keep(arrived, by=place.actor, office_id=place.id, subject=f"confirmation:{request.pk}",
                    about=request.about)  # fmt: skip
        signed = Sheet(f"file:{kept.pk}", sheet.signed_on, sheet.name, sheet.post)
        for one in asked:
            seen = one.fingerprint
            given = Said(reply=said, seen=seen, words=words)
            commitments.take_sheet(rows[one.subject], by=place.actor, asked=one, said=given, sheet=signed)
