"""Reading letters."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet
from django.utils import timezone

from kembar.access.offices import Offices, within
from kembar.mailbox.models import Letter as Letter  # pages name its type, never its table
from kembar.mailbox.states import LetterState


class NoSuchLetter(Exception):
    """There is no such letter in this office."""


def letters(office_id: Offices, *, state: str = "") -> QuerySet[Letter]:
    """The letters of one office, or of several, newest first. Show `letter.readable`, never `letter.text`."""
    rows = Letter.objects.filter(within(office_id))
    return (rows.filter(state=state) if state else rows).order_by("-id")


def letter(letter_id: int, *, office_id: int) -> Letter:
    """One letter of this office. Raises NoSuchLetter, also for a letter of another office."""
    found = Letter.objects.filter(pk=letter_id, office_id=office_id).first()
    if found is None:
        raise NoSuchLetter(letter_id)
    return found


def is_under_way(letter: Letter) -> bool:
    """Whether it is being handed to the mail server at this moment: nothing can be decided about it meanwhile."""
    return letter.claimed_until is not None and letter.claimed_until > timezone.now()


def letters_about(about: str, *, office_id: int) -> QuerySet[Letter]:
    """The letters about one file or record, newest first."""
    return Letter.objects.filter(office_id=office_id, about=about).order_by("-id")


def counts(office_id: int) -> dict[str, int]:
    """How many letters of this office are in each state; every state is there."""
    rows = Letter.objects.filter(office_id=office_id).order_by("state").values_list("state")
    return dict.fromkeys(LetterState.values, 0) | dict(rows.annotate(count=Count("id")))


def not_sent(numbers: Iterable[int]) -> dict[int, str]:
    """Those of these letters that the mail server did not take or that are not to be sent any more: FAILED or DROPPED,
    by number. One query."""
    rows = Letter.objects.filter(pk__in=list(numbers), state__in=(LetterState.FAILED, LetterState.DROPPED)).order_by()
    return dict(rows.values_list("pk", "state"))


def by_numbers(numbers: Iterable[int]) -> dict[int, Letter]:
    """Letters by number, for whoever may read them. One query."""
    return Letter.objects.in_bulk(list(numbers))


def letters_to(address: str, *, office_id: int) -> QuerySet[Letter]:
    """Every letter of this office to a person: what it holds about them."""
    return Letter.objects.filter(office_id=office_id, to_address__iexact=address.strip()).order_by("-id")
