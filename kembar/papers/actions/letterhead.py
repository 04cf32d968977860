"""What stands over an office's letters, and how they are numbered."""

from dataclasses import dataclass

from django.db import transaction

from kembar.access.permissions import Actor, Permission, require
from kembar.cities.models import Office
from kembar.files import actions as files
from kembar.files.store import Arrived
from kembar.journal.actions import record
from kembar.papers import rules
from kembar.papers.actions.refusing import WrongPaper, words
from kembar.papers.models import Letterhead, NumberScheme
from kembar.papers.states import Whose

PICTURES = ("image/png", "image/jpeg")


class ChangedMeanwhile(Exception):
    """Somebody else saved this letterhead after the form was opened."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The lines of a letterhead, and who signs for the office."""

    names: str
    address: str = ""
    signer: str = ""
    signer_post: str = ""
    signer_rank: str = ""
    signer_number: str = ""


@transaction.atomic
def set_letterhead(
    office: Office, *, by: Actor, whose: str, heading: Heading, seen: int, picture: Arrived | None = None,
    without_picture: bool = False,
) -> Letterhead:  # fmt: skip
    """`seen`: the version the form was opened with, 0 for none. Raises WrongPaper, ChangedMeanwhile."""
    require(by, Permission.SET_LETTERHEAD, office_id=office.pk)
    if whose not in Whose.values:
        raise WrongPaper("whose", code="unknown")
    row = Letterhead.objects.select_for_update().filter(office=office, whose=whose).first()
    if (row.version if row else 0) != seen:
        raise ChangedMeanwhile
    if picture is not None and picture.media_type.name not in PICTURES:
        raise WrongPaper("picture", code="unknown")
    given = {
        "names": words("names", text=heading.names, longest=600),
        "address": words("address", text=heading.address, longest=600, needed=False),
    } | {
        name: words(name, text=getattr(heading, name), longest=30 if name == "signer_number" else 100, needed=False)
        for name in ("signer", "signer_post", "signer_rank", "signer_number")
    }
    row = row or Letterhead(office=office, whose=whose, version=0)
    for name, value in given.items():
        setattr(row, name, value)
    row.version += 1
    row.picture = None if without_picture else row.picture
    row.save()
    if picture is not None:
        row.picture = files.keep(picture, by=by, office_id=office.pk, subject=row.key)
        row.save(update_fields=["picture"])
    record("letterhead.set", by=by, subject=row.key, office_id=office.pk, facts={"names": given["names"]})
    return row


@transaction.atomic
def set_scheme(office: Office, *, by: Actor, scheme: rules.Scheme, classification: str) -> NumberScheme:
    """Numbers given before keep their words. Raises WrongPaper."""
    require(by, Permission.SET_LETTERHEAD, office_id=office.pk)
    pattern = words("pattern", text=scheme.pattern, longest=rules.LONGEST_NUMBER)
    if fault := rules.pattern_fault(pattern):
        raise WrongPaper("pattern", code=fault)
    if not 1 <= scheme.digits <= 6:
        raise WrongPaper("digits", code="unknown")
    given = {
        "pattern": pattern, "digits": scheme.digits,
        "unit": words("unit", text=scheme.unit, longest=30, needed="{unit}" in pattern),
        "classification": words("classification", text=classification, longest=30, needed=False),
    }  # fmt: skip
    row, _ = NumberScheme.objects.update_or_create(office=office, defaults=given)
    record("numbering.set", by=by, subject=f"numbering:{row.pk}", office_id=office.pk, facts={"pattern": pattern})
    return row
