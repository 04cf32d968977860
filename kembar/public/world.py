"""Partners marked on the map of the world; the land itself is a picture the browser keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from kembar.agreements.states import Headline
from kembar.public import words
from kembar.public.map import HEIGHT, WIDTH, project
from kembar.public.office import Office
from kembar.public.register import Mark, partner_address

# Beyond this many, marks are drawn once per place and state, without a link each: the list below has them all.
LINKED = 200
# One shape per legal state, so that colour never stands alone; the same shapes as in the sheet's `.state`.
SHAPES: dict[str, str] = {
    Headline.IN_FORCE: '<circle r="5"/>',
    Headline.EXPIRED_ACTIVE: '<circle r="5" class="hollow"/><path d="M0-5A5 5 0 0 0 0 5z"/>',
    Headline.EXPIRED: '<circle r="4.4" class="hollow"/>',
    Headline.ENDED: '<path d="M-5-1.2H5V1.2H-5z"/>',
    Headline.COUNCIL_APPROVED: '<path d="M0-6 6 0 0 6-6 0z"/>',
    Headline.LOI: '<path d="M0-5.4 5.4 0 0 5.4-5.4 0z" class="hollow"/>',
    Headline.EXPLORING: '<path d="M-4.2-4.2H4.2V4.2H-4.2z" class="hollow"/>',
    Headline.UNVERIFIED: '<circle r="4.4" class="hollow dotted"/>',
}


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    marks: SafeString

    @property
    def box(self) -> str:
        return f"0 0 {self.width} {self.height}"


def picture(marks: Sequence[Mark], *, office: Office, suffix: str) -> Picture:
    """The marks of these partners, the surest states drawn last, above the others."""
    order = list(Headline.values)
    ranked = sorted(marks, key=lambda mark: (-order.index(mark.headline), mark.slug))
    draw = _linked(ranked, office, suffix) if len(ranked) <= LINKED else _plain(ranked)
    return Picture(WIDTH, HEIGHT, draw)


def _linked(marks: Sequence[Mark], office: Office, suffix: str) -> SafeString:
    labels = {line.code: escape(capfirst(line.label)) for line in words.state_lines()}
    base = partner_address(office, "-").removesuffix("-/")
    drawn = (
        f'<a href="{base}{mark.slug}/{suffix}" tabindex="-1">'
        f'<g class="state-{mark.headline}" transform="translate{_place(mark)}">'
        f"<title>{escape(mark.name)}: {labels[mark.headline]}</title>{SHAPES[mark.headline]}</g></a>"
        for mark in marks
    )
    return mark_safe("\n".join(drawn))


def _plain(marks: Sequence[Mark]) -> SafeString:
    places = dict.fromkeys((mark.headline, _place(mark)) for mark in marks)
    drawn = (f'<g class="state-{state}" transform="translate{place}">{SHAPES[state]}</g>' for state, place in places)
    return mark_safe("\n".join(drawn))


def _place(mark: Mark) -> str:
    x, y = project(mark.latitude, mark.longitude)
    return f"({x:.0f} {y:.0f})"
