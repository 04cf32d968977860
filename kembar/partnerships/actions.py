"""Every write of partnerships and events."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from kembar.access.permissions import Actor, Permission, require
from kembar.cities.models import LocalGovernment, Office
from kembar.journal.actions import record
from kembar.lib.dates import EdtfDate
from kembar.lib.text import clean
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
    """A file is found by every name of its partner, in any script, and by `texts`; a merged one no longer."""
    if file.merged_into_id:
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
    event = Event.objects.create(
        office_id=partnership.office_id, partnership=partnership, kind=kind, title=title, date=date
    )
    record("event.noted", by=by, subject=event.key, about=partnership.key, office_id=partnership.office_id,
           facts={"title": title, "date": date.edtf if date else ""})  # fmt: skip
    return event


@transaction.atomic
def settle_event(event: Event, *, by: Actor, date: EdtfDate | None, standing: str, title: str = "") -> bool:
    """Bring date, standing and a corrected title in step with the claims; whether anything changed."""
    require(by, Permission.KEEP_REGISTER, office_id=event.office_id)
    title = title or event.title
    if (event.date, event.standing, event.title) == (date, standing, title):
        return False
    before = event.date.edtf if event.date else ""
    event.date, event.standing, event.title = date, standing, title
    event.save()
    search.index(
        event.key, kind="event", office_id=event.office_id, title=title, public=standing == Standing.ACCEPTED,
        about=f"partnership:{event.partnership_id}", line=event.date.edtf if event.date else "",
    )  # fmt: skip
    record("event.settled", by=by, subject=event.key, about=f"partnership:{event.partnership_id}",
           office_id=event.office_id,
           facts={"title": title, "before": before, "date": date.edtf if date else "",
                  "standing": standing})  # fmt: skip
    return True


@transaction.atomic
def merge_files(duplicate: Partnership, *, into: Partnership, by: Actor, reason: str) -> None:
    """Moves the events of a file that was opened twice and lets its address lead to the other one.

    Call it through `agreements.actions.merge_files`, which moves papers and claims too. Raises NotMergeable.
    """
    require(by, Permission.KEEP_REGISTER, office_id=into.office_id)
    if duplicate.office_id != into.office_id or duplicate.pk == into.pk or into.merged_into_id:
        raise NotMergeable
    Event.objects.filter(partnership=duplicate).update(partnership=into)
    Partnership.objects.filter(merged_into=duplicate).update(merged_into=into)
    Partnership.objects.filter(pk=duplicate.pk).update(merged_into=into)
    search.forget(duplicate.key)
    record("partnership.merged", by=by, subject=into.key, about=into.key, office_id=into.office_id,
           facts={"partner": into.english_name, "duplicate": duplicate.key, "reason": reason})  # fmt: skip
