"""Partners marked on the map of the world; the land itself is a picture the browser keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from kembar.agreements.states import Headline
from kembar.public import words
from kembar.public.map import HEIGHT, WIDTH, project
from kembar.public.office import Office
from kembar.public.register import Mark, marks, partner_address

# An office with more partners shows its marks as one picture, without a link each: the list below has them all.
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


# The picture stands alone and cannot read the sheet: the same colours, in the same order as the legal states.
_COLOURS = {
    "light": ("#17703f", "#2b4fa8", "#5261ae", "#526874", "#a05a00", "#8a4b32", "#6b5560", "#636363", "#eef3f5"),
    "dark": ("#5fc98c", "#8ba9f5", "#a3aeee", "#9bb2be", "#eba64b", "#d69a80", "#b79fab", "#a8a8a8", "#141d1f"),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """The marks inside the page, or the address of a picture of them."""

    width: int
    height: int
    marks: SafeString
    address: str

    @property
    def box(self) -> str:
        return f"0 0 {self.width} {self.height}"


def picture(office: Office, *, on: date, total: int, suffix: str) -> Picture:
    if total > LINKED:
        address = reverse("public:marks", args=[office.slug]) + suffix
        return Picture(WIDTH, HEIGHT, SafeString(""), address)
    return Picture(WIDTH, HEIGHT, _linked(marks(office, on=on), office, suffix), "")


def _linked(found: Sequence[Mark], office: Office, suffix: str) -> SafeString:
    labels = {line.code: escape(capfirst(line.label)) for line in words.state_lines()}
    base = partner_address(office, "-").removesuffix("-/")
    drawn = (
        f'<a href="{base}{mark.slug}/{suffix}" tabindex="-1">'
        f'<g class="state-{mark.headline}" transform="translate({_place(mark)})">'
        f"<title>{escape(mark.name)}: {labels[mark.headline]}</title>{SHAPES[mark.headline]}</g></a>"
        for mark in found
    )
    return mark_safe("\n".join(drawn))


def drawing(office: Office, *, on: date) -> str:
    """An SVG document of all marks, each place and state once."""
    places = dict.fromkeys((mark.headline, _place(mark)) for mark in marks(office, on=on))
    shapes = "".join(f'<g id="{state}" class="{state}">{SHAPES[state]}</g>' for state in Headline.values)
    drawn = "\n".join(f'<use href="#{state}" transform="translate({place})"/>' for state, place in places)
    style = f"{_style('light')}@media(prefers-color-scheme:dark){{{_style('dark')}}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><style>'
        f"g{{fill:currentColor}}.hollow{{stroke:currentColor;stroke-width:2}}.dotted{{stroke-dasharray:2 1.6}}{style}"
        f"</style><defs>{shapes}</defs>\n{drawn}\n</svg>\n"
    )


def _style(ground: str) -> str:
    *states, sea = _COLOURS[ground]
    rules = (f".{state}{{color:{colour}}}" for state, colour in zip(Headline.values, states, strict=True))
    return "".join(rules) + f".hollow{{fill:{sea}}}"


def _place(mark: Mark) -> str:
    x, y = project(mark.latitude, mark.longitude)
    return f"{x:.0f} {y:.0f}"
