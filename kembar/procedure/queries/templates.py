"""Which template versions there are: those that came with the product and those an administrator brought in."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from kembar.procedure import shipped
from kembar.procedure.models import TemplateVersion
from kembar.procedure.reading import read
from kembar.procedure.template import Template


class NoSuchTemplate(Exception):
    """There is no template, or no version of it, under this name."""


@lru_cache(maxsize=256)
def _read(text: str, *, base: str) -> Template:
    """A version's text never changes, nor does that of the version it builds on."""
    return read(text, resolve=lambda key: read(base) if base else None)


def _brought_in() -> dict[str, str]:
    rows = TemplateVersion.objects.order_by("id").values_list("code", "version", "text")
    return {f"{code}@{version}": text for code, version, text in rows}


def texts() -> Mapping[str, str]:
    """Key (id-ksdpl@1) → text of every version. What the database holds goes before a file of the same key."""
    return {**shipped.texts(), **_brought_in()}


def parse(text: str, *, known: Mapping[str, str]) -> Template:
    """The template of a text that may build on one of the known ones. Raises TemplateRefused."""
    return read(text, resolve=lambda key: read(known[key]) if key in known else None)


def known() -> dict[str, Template]:
    """Key → template, every version. One query."""
    held = texts()
    found = {}
    for key, text in held.items():
        base = _base_of(text)
        found[key] = _read(text, base=held.get(base, ""))
    return found


@lru_cache(maxsize=256)
def _base_of(text: str) -> str:
    """The key of the version a text builds on, "" for none."""
    return str(tomllib.loads(text).get("steps_of", ""))


def newest() -> list[Template]:
    """The newest version of every template: roads first, then counterparts, by code."""
    best: dict[str, Template] = {}
    for one in known().values():
        if one.code not in best or best[one.code].version < one.version:
            best[one.code] = one
    return sorted(best.values(), key=lambda one: (one.side != "own", one.country == "", one.code))


def versions(code: str) -> list[Template]:
    """Every version of one template, the newest first. Raises NoSuchTemplate."""
    found = [one for one in known().values() if one.code == code]
    if not found:
        raise NoSuchTemplate(code)
    return sorted(found, key=lambda one: -one.version)


def template(code: str, *, version: int | None = None) -> Template:
    """One version, the newest where none is named. Raises NoSuchTemplate."""
    for one in versions(code):
        if version is None or one.version == version:
            return one
    raise NoSuchTemplate(f"{code}@{version}")


def text_of(key: str) -> str:
    """The text of one version, as it was brought in. Raises NoSuchTemplate."""
    found = texts().get(key)
    if found is None:
        raise NoSuchTemplate(key)
    return found


def is_held(text: str) -> bool:
    """Whether a version of exactly this text is known."""
    return text.strip() in {held.strip() for held in texts().values()}


def template_of(row: TemplateVersion) -> Template:
    """The template a case holds on to, parsed once per process. A query only where it builds on another version."""
    base = _base_of(row.text)
    held = shipped.texts().get(base) or (texts().get(base, "") if base else "")
    return _read(row.text, base=held)


def roads(kind: str, *, partner_kind: str, country: str, on: date) -> list[Template]:
    """The own roads in force on that day for a case of this kind, the one it takes first: those of the country, where
    there are none those for any country. Of a template the newest version that holds then; of several templates the one
    that came into force last."""
    best: dict[str, Template] = {}
    for one in known().values():
        fits = one.side == "own" and kind in one.kinds and partner_kind in one.partners
        held = best.get(one.code)
        if fits and one.country in (country, "") and one.holds_on(on) and (not held or held.version < one.version):
            best[one.code] = one
    own = [one for one in best.values() if one.country == country] or list(best.values())
    return sorted(own, key=lambda one: (one.valid_from, one.version, one.code), reverse=True)


def road_for(kind: str, *, partner_kind: str, country: str, on: date) -> Template:
    """The own road for a case of this kind that begins on that day. Raises NoSuchTemplate where nothing fits."""
    fitting = roads(kind, partner_kind=partner_kind, country=country, on=on)
    if not fitting:
        raise NoSuchTemplate(kind)
    return fitting[0]


def counterpart_for(country: str) -> Template:
    """What is known of the road in the partner's country; where nothing is, the one that says so."""
    theirs = [one for one in newest() if one.side == "partner" and one.country in (country, "")]
    return max(theirs, key=lambda one: (one.country == country, one.code))
