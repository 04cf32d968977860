"""New versions of templates. A version is never changed and never taken away: cases hold on to it."""

from django.db import transaction
from django.utils import timezone

from kembar.access.permissions import Actor, Permission, require
from kembar.journal.actions import record
from kembar.procedure.models import TemplateVersion
from kembar.procedure.places import placed
from kembar.procedure.queries import templates as queries
from kembar.procedure.template import Fault, Template, TemplateRefused

__all__ = ["TemplateRefused", "adopt", "bring_in"]


@transaction.atomic
def bring_in(text: str, *, by: Actor) -> TemplateVersion:
    """A new version of a template, or a new template, for every office of the instance; running cases keep theirs.

    Raises TemplateRefused with everything that is wrong: nothing is kept then.
    """
    require(by, Permission.MANAGE_TEMPLATES, office_id=None)
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    held = queries.texts()
    found = queries.parse(text, known=held)
    faults = _faults(found)
    if faults:
        raise TemplateRefused(placed(text, faults))
    row = _keep(found, text=text, by=by)
    record("template.brought_in", by=by, subject=row.key, office_id=None,
           facts={"code": row.code, "version": row.version})  # fmt: skip
    return row


def _faults(found: Template) -> list[Fault]:
    others = [one for one in queries.known().values() if one.code == found.code]
    faults = found.code_faults()
    if others and found.version <= max(one.version for one in others):
        faults.append(Fault("version_taken", f"version: {found.version}"))
    if any(one.side != found.side for one in others):
        faults.append(Fault("other_side", f"side: {found.side}"))
    return faults


def _keep(found: Template, *, text: str, by: Actor) -> TemplateVersion:
    row, _ = TemplateVersion.objects.get_or_create(
        code=found.code, version=found.version,
        defaults={"text": text, "added_at": timezone.now(), "added_by": by.label},
    )  # fmt: skip
    return row


@transaction.atomic
def adopt(found: Template, *, by: Actor, office_id: int) -> TemplateVersion:
    """The row a case holds on to: made from the file that came with the product when the first case needs it."""
    require(by, Permission.MOVE_CASES, office_id=office_id)
    texts = queries.texts()
    if found.base:
        code, _, version = found.base.partition("@")
        TemplateVersion.objects.get_or_create(
            code=code, version=int(version),
            defaults={"text": texts[found.base], "added_at": timezone.now(), "added_by": by.label},
        )  # fmt: skip
    return _keep(found, text=texts[found.key], by=by)
