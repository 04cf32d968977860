"""Finding records."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Q

from kembar.lib.text import normalise
from kembar.search import tokens
from kembar.search.models import MOST_MATCHES, Indexed, Visibility
from kembar.search.tokens import Part, Plan


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found, with what a list shows of it."""

    id: int
    subject: str
    kind: str
    office_id: int | None
    about: str
    title: str
    line: str
    public: bool


def known(kind: str) -> set[str]:
    """The subjects of this kind that can be found, in whichever office."""
    return set(Indexed.objects.filter(kind=kind).values_list("subject", flat=True))


def find(
    words: str,
    *,
    office_ids: Collection[int] | None,
    public_only: bool,
    kinds: Collection[str] = (),
    limit: int = 20,
    private: bool = False,
) -> list[Hit]:
    """Records of these offices, and those that belong to none, that hold all the words; best first.

    In the title before elsewhere, there the whole title before its beginning before a part of it, then the newest.
    `office_ids=None` means every office and is for the public's eyes alone: raises ValueError without `public_only`.
    `private` adds what is for those alone who may read private things of every one of these offices.
    At most two queries; of very many matches the newest 500 of each are looked at. Nothing to look for finds nothing.
    """
    if office_ids is None and not public_only:
        raise ValueError("what offices keep to themselves is found within named offices only")
    asked = tokens.question(words)
    if not asked or limit < 1:
        return []
    marks = _marks(office_ids=office_ids, public_only=public_only, kinds=kinds)
    seen = _seen(office_ids=office_ids, public_only=public_only, kinds=kinds)
    if not private:
        seen &= ~Q(visibility=Visibility.PRIVATE)
    found = _newest([*marks, *(part.in_title() for part in asked)], seen=seen)
    wanted = normalise(words)
    found.sort(key=lambda hit: (_distance(hit.title, wanted=wanted), -hit.id))
    if len(found) < limit:
        known = {hit.id for hit in found}
        found += [hit for hit in _newest([*marks, *asked], seen=seen) if hit.id not in known]
    return found[:limit]


def _marks(*, office_ids: Collection[int] | None, public_only: bool, kinds: Collection[str]) -> list[Part]:
    """What the index itself has to leave out, before it counts the newest."""
    parts = []
    if office_ids is not None:
        parts.append(Part(tuple(tokens.office_token(office) for office in [None, *sorted(office_ids)])))
    if public_only:
        parts.append(Part(("@public",)))
    if kinds:
        parts.append(Part(tuple(tokens.kind_token(kind) for kind in sorted(kinds))))
    return parts


def _seen(*, office_ids: Collection[int] | None, public_only: bool, kinds: Collection[str]) -> Q:
    """The same on the columns: who may see a record does not hang on tokens alone."""
    seen = Q()
    if office_ids is not None:
        seen &= Q(office_id__in=office_ids) | Q(office_id__isnull=True)
    if public_only:
        seen &= Q(visibility=Visibility.PUBLIC)
    return seen & Q(kind__in=kinds) if kinds else seen


def _newest(parts: list[Part], *, seen: Q) -> list[Hit]:
    rows = Indexed.objects.filter(seen, tokens__found=Plan(tuple(parts)))
    # A sum, not the column: PostgreSQL would walk the primary key backwards in search of a rare word.
    rows = rows.order_by((F("id") + 0).desc())[:MOST_MATCHES]
    return [
        Hit(
            id=row.pk,
            subject=row.subject,
            kind=row.kind,
            office_id=row.office_id,
            about=row.about,
            title=row.title,
            line=row.line,
            public=row.visibility == Visibility.PUBLIC,
        )
        for row in rows.defer("tokens")
    ]


def _distance(title: str, *, wanted: str) -> tuple[int, int]:
    """How far a title is from what was typed: 0 the same, 1 begins so, 2 holds it as typed, 3 in another order."""
    title = normalise(title)
    if title == wanted:
        return 0, 0
    return (1 if title.startswith(wanted) else 2 if wanted in title else 3), len(title)
