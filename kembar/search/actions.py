"""Writing the index. Called by the concepts above inside the transaction of their deed, after their own check of who
may do it; the index holds nothing of its own, so nothing of it is in the journal."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from kembar.lib.text import clean
from kembar.search import tokens
from kembar.search.models import Indexed, Visibility

_SHOWN = 300  # characters of a title or line


@dataclass(frozen=True, slots=True)
class Findable:
    """A record as it is to be found. `texts` are found but not shown; None as office is for what all offices share.

    A `private` one is found by nobody who does not ask for it on purpose.
    """

    subject: str
    kind: str
    office_id: int | None
    title: str
    public: bool
    line: str = ""
    about: str = ""
    texts: tuple[str, ...] = ()
    private: bool = False


def index(
    subject: str, *, kind: str, office_id: int | None, title: str, public: bool, line: str = "", about: str = "",
    texts: Iterable[str] = (), private: bool = False,
) -> None:  # fmt: skip
    """Makes a record findable, or brings what is found of it up to date. Raises ValueError for a kind that is not a
    plain word, and for a record at once public and private."""
    index_many([Findable(subject, kind, office_id, title, public, line, about, tuple(texts), private)])


@transaction.atomic
def index_many(records: Iterable[Findable]) -> None:
    """The same for many records at once, as an import needs; of two with one subject the last counts."""
    rows = {record.subject: _row(record) for record in records}
    Indexed.objects.bulk_create(
        rows.values(),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["subject"],
        update_fields=["office_id", "kind", "about", "title", "line", "visibility", "tokens"],
    )


@transaction.atomic
def forget(subject: str) -> None:
    """The record is no longer found; nothing happens when it never was."""
    Indexed.objects.filter(subject=subject).delete()


def _row(record: Findable) -> Indexed:
    if record.public and record.private:
        raise ValueError(f"{record.subject} cannot be public and private")
    title, line = clean(record.title), clean(record.line)
    marks = tokens.scope(office_id=record.office_id, public=record.public, kind=record.kind)
    return Indexed(
        subject=record.subject,
        kind=record.kind,
        office_id=record.office_id,
        about=record.about,
        title=title[:_SHOWN],
        line=line[:_SHOWN],
        visibility=_visibility(record),
        tokens=tokens.of_record(marks=marks, title=title, texts=[line, *record.texts]),
    )


def _visibility(record: Findable) -> Visibility:
    if record.public:
        return Visibility.PUBLIC
    return Visibility.PRIVATE if record.private else Visibility.OFFICE
