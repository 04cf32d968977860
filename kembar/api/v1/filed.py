"""Lists that can be narrowed to one partnership."""

from django.utils.translation import gettext, gettext_lazy

from kembar.api.fields import Text
from kembar.api.operation import Call
from kembar.api.problems import Fault, invalid
from kembar.partnerships import queries as partnerships

PARTNERSHIP = Text(
    name="partnership",
    about=gettext_lazy("Only this partnership, by its short name (slug)."),
    longest=80,
    pattern="[A-Za-z0-9_-]+",
)


def filed(call: Call) -> partnerships.Partnership | None:
    """The partnership the list is narrowed to. Raises Problem 422 where the office has none of that name."""
    slug = call.given["partnership"]
    if not slug:
        return None
    try:
        return partnerships.file(slug, office_id=call.office.pk)
    except partnerships.NoSuchPartnership:
        raise invalid([Fault("?partnership", gettext("This office has no such partnership."))]) from None
