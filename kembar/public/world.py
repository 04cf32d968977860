"""Partners marked on the map of the world; the land itself is a picture the browser keeps."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from kembar.agreements.states import Headline
from kembar.public.map import HEIGHT, WIDTH, project
from kembar.public.office import Office
from kembar.public.register import Mark, partner_address

# Beyond this many, marks are drawn once per place and state, without a link each: the list below has them all.
LINKED = 200
# One shape per legal state, so that colour never stands alone; the same shapes as in the sheet's `.state`.
SHAPES = {
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
    labels = {state.value: capfirst(str(state.label)) for state in Headline}
    return format_html_join(
        "\n",
        '<a href="{}" tabindex="-1"><g class="state-{}" transform="translate({} {})"><title>{}: {}</title>{}</g></a>',
        (
            (
                partner_address(office, mark.slug) + suffix,
                mark.headline,
                *_place(mark),
                mark.name,
                labels[mark.headline],
                _shape(mark.headline),
            )
            for mark in marks
        ),
    )


def _plain(marks: Sequence[Mark]) -> SafeString:
    places = dict.fromkeys((mark.headline, *_place(mark)) for mark in marks)
    drawn = '<g class="state-{}" transform="translate({} {})">{}</g>'
    return format_html_join("\n", drawn, ((state, x, y, _shape(state)) for state, x, y in places))


def _place(mark: Mark) -> tuple[int, int]:
    x, y = project(mark.latitude, mark.longitude)
    return round(x), round(y)


def _shape(headline: str) -> SafeString:
    return mark_safe(SHAPES[Headline(headline)])  # a constant of this file
