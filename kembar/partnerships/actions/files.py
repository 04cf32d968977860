"""Every write of partnerships and events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from kembar.access.permissions import Actor, Permission, require
from kembar.cities.models import LocalGovernment, Office
from kembar.journal.actions import Line, record, record_all
from kembar.lib.dates import EdtfDate
from kembar.lib.text import clean
from kembar.partnerships.actions.attachments import move_file_attachments
from kembar.partnerships.actions.keepers import take_over_keepers
from kembar.partnerships.actions.notes import move_notes
from kembar.partnerships.models import Event, Partnership
from kembar.partnerships.states import Kind, Standing
from kembar.search import actions as search


class InstitutionMissing(Exception):
    """A cooperation with an institution or network names it; one with a city does not."""


class NotMergeable(Exception):
    """Two files are merged within one office only, and only two different ones that still stand."""


@transaction.atomic
def open_file(*, by: Actor, office: Office, partner: LocalGovernment, kind: str, institution: str = "") -> Partnership:
    """The office's file on this partner and kind, opened when it does not exist yet.

    Raises InstitutionMissing where a cooperation with an institution or network does not name it.
    """
    require(by, Permission.KEEP_REGISTER, office_id=office.pk)
    institution = clean(institution)
    if (kind in (Kind.INSTITUTION, Kind.NETWORK)) is not bool(institution):
        raise InstitutionMissing
    same = Partnership.objects.filter(office=office, partner=partner, kind=kind, institution=institution)
    existing = same.order_by("id").first()
    if existing is not None:
        return existing.merged_into or existing
    file = Partnership.objects.create(
        office=office,
        partner=partner,
        institution=institution,
        kind=kind,
        slug=_free_slug(office, partner=partner, kind=kind, institution=institution),
        opened_at=timezone.now(),
    )
    make_findable(file)
    record("partnership.opened", by=by, subject=file.key, about=file.key, office_id=office.pk,
           facts={"partner": file.english_name, "kind": kind})  # fmt: skip
    return file


def _free_slug(office: Office, *, partner: LocalGovernment, kind: str, institution: str) -> str:
    """The partner's name; with its country, then the kind, then a number, where that is taken."""
    name = slugify(institution or partner.english_name) or f"partner-{partner.pk}"
    wanted = [name, f"{name}-{partner.country.lower()}", f"{name}-{kind}"]
    wanted += [f"{name}-{number}" for number in range(2, 100)]
    taken = set(Partnership.objects.filter(office=office, slug__startswith=name).values_list("slug", flat=True))
    return next(slug for slug in wanted if slug not in taken)


@transaction.atomic
def make_findable(file: Partnership, *, texts: Iterable[str] = ()) -> None:
    """A file is found by every name of its partner, in any script, and by `texts`; not one merged or taken back."""
    if file.merged_into_id or file.withdrawn:
        search.forget(file.key)
        return
    names = [name.text for name in file.partner.names.all()]
    search.index(
        file.key, kind="partnership", office_id=file.office_id, title=file.english_name, public=True, about=file.key,
        line=str(file.partner), texts=[*names, *texts],
    )  # fmt: skip


@transaction.atomic
def note_event(*, by: Actor, partnership: Partnership, kind: str, title: str, date: EdtfDate | None) -> Event:
    """The event of this kind, title and date in the file, added when it is not there yet."""
    require(by, Permission.KEEP_REGISTER, office_id=partnership.office_id)
    for event in partnership.events.filter(kind=kind, title=title).order_by("id"):
        if event.date == date:
            return event
    return add_events([Noted(partnership, kind, title, date)], by=by, office_id=partnership.office_id)[0]


@dataclass(frozen=True, slots=True)
class Noted:
    """An event as it is noted in a file."""

    partnership: Partnership
    kind: str
    title: str
    date: EdtfDate | None


@transaction.atomic
def add_events(noted: Sequence[Noted], *, by: Actor, office_id: int) -> list[Event]:
    """Events new to their files, in their order. Whether the file has one already is the caller's to know."""
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    events = Event.objects.bulk_create(
        [
            Event(office_id=office_id, partnership=each.partnership, kind=each.kind, title=each.title, date=each.date)
            for each in noted
        ],
        batch_size=500,
    )
    record_all(
        (
            Line("event.noted", subject=event.key, about=f"partnership:{event.partnership_id}",
                 facts={"title": event.title, "date": event.date.edtf if event.date else ""})
            for event in events
        ),
        by=by, office_id=office_id,
    )  # fmt: skip
    return events


@dataclass(frozen=True, slots=True)
class Settled:
    """What the claims give an event: date, standing and, where somebody corrected it, its title."""

    event: Event
    date: EdtfDate | None
    standing: str
    title: str = ""


@transaction.atomic
def settle_events(settled: Iterable[Settled], *, by: Actor, office_id: int) -> int:
    """Bring date, standing and a corrected title of events in step with the claims; how many changed."""
    require(by, Permission.KEEP_REGISTER, office_id=office_id)
    changed: list[Event] = []
    lines: list[Line] = []
    for each in settled:
        event, title = each.event, each.title or each.event.title
        if (event.date, event.standing, event.title) == (each.date, each.standing, title):
            continue
        before = event.date.edtf if event.date else ""
        event.date, event.standing, event.title = each.date, Standing(each.standing), title
        changed.append(event)
        after = each.date.edtf if each.date else ""
        lines.append(
            Line("event.settled", subject=event.key, about=f"partnership:{event.partnership_id}",
                 facts={"title": title, "before": before, "date": after, "standing": each.standing})
        )  # fmt: skip
    if not changed:
        return 0
    Event.objects.bulk_create(
        changed, batch_size=500, update_conflicts=True, unique_fields=["id"],
        update_fields=["date", "date_earliest", "date_latest", "standing", "title"],
    )  # fmt: skip
    search.index_many(_findable(event) for event in changed)
    record_all(lines, by=by, office_id=office_id)
    return len(changed)


def _findable(event: Event) -> search.Findable:
    return search.Findable(
        event.key, kind="event", office_id=event.office_id, title=event.title,
        public=event.standing == Standing.ACCEPTED, about=f"partnership:{event.partnership_id}",
        line=event.date.edtf if event.date else "",
    )  # fmt: skip


@transaction.atomic
def withdraw(file: Partnership, *, by: Actor, reason: str) -> None:
    """A file that should not have been opened is listed nowhere from now on; nothing in it is deleted.

    Call it through `agreements.actions.withdraw_file`, which asks whether anything stands in it.
    """
    require(by, Permission.KEEP_REGISTER, office_id=file.office_id)
    file.withdrawn = reason
    file.save(update_fields=["withdrawn"])
    search.forget(file.key)
    record("partnership.withdrawn", by=by, subject=file.key, about=file.key, office_id=file.office_id,
           facts={"partner": file.english_name, "reason": reason})  # fmt: skip


@transaction.atomic
def reopen(file: Partnership, *, by: Actor) -> None:
    """A file taken back in which something stands again."""
    require(by, Permission.KEEP_REGISTER, office_id=file.office_id)
    file.withdrawn = ""
    file.save(update_fields=["withdrawn"])
    record("partnership.reopened", by=by, subject=file.key, about=file.key, office_id=file.office_id,
           facts={"partner": file.english_name})  # fmt: skip


@transaction.atomic
def merge_files(duplicate: Partnership, *, into: Partnership, by: Actor, reason: str) -> None:
    """Moves the events of a file that was opened twice and lets its address lead to the other one.

    Call it through `agreements.actions.merge_files`, which moves papers and claims too. Raises NotMergeable.
    """
    require(by, Permission.KEEP_REGISTER, office_id=into.office_id)
    if duplicate.office_id != into.office_id or duplicate.pk == into.pk or into.merged_into_id:
        raise NotMergeable
    Event.objects.filter(partnership=duplicate).update(partnership=into)
    move_file_attachments(duplicate, into=into, by=by)
    move_notes(duplicate, into=into, by=by)
    take_over_keepers(duplicate, into=into, by=by)
    Partnership.objects.filter(merged_into=duplicate).update(merged_into=into)
    Partnership.objects.filter(pk=duplicate.pk).update(merged_into=into)
    search.forget(duplicate.key)
    record("partnership.merged", by=by, subject=into.key, about=into.key, office_id=into.office_id,
           facts={"partner": into.english_name, "duplicate": duplicate.key, "reason": reason})  # fmt: skip
