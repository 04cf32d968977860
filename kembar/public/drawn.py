"""HTML of what stands on a page many times over: rows, map marks, footnotes. Written directly, because a template costs
ten times as much for each cell; every text goes through `escape`."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

if TYPE_CHECKING:
    from kembar.public.register import Row


def register_rows(rows: Iterable["Row"], *, labels: Mapping[str, str]) -> SafeString:
    """Table rows of the list; `labels` are the column names a phone shows before each value."""
    said = {name: escape(label) for name, label in labels.items()}
    return mark_safe("\n".join(_row(row, said) for row in rows))


def _row(row: "Row", said: Mapping[str, str]) -> str:
    language = f' lang="{row.own_language}"' if row.own_language else ""
    own = f' <span class="own"{language}>{escape(row.own)}</span>' if row.own else ""
    return (
        f'<tr><th scope="row"><a href="{escape(row.href)}">{escape(row.name)}</a>{own}</th>'
        f"<td>{escape(row.country)}</td><td>{escape(row.kind)}</td>"
        f'<td><span class="state state-{row.headline}">{escape(row.state)}</span></td>'
        f'<td data-label="{said["since"]}">{escape(row.since)}</td>'
        f'<td data-label="{said["until"]}">{escape(row.until)}</td>'
        f'<td class="num" data-label="{said["papers"]}">{row.papers or ""}</td>'
        f'<td class="num" data-label="{said["open"]}">{row.open_claims or ""}</td></tr>'
    )


def footnotes(numbers: Sequence[int]) -> SafeString:
    """Links to the sources of these numbers, to stand right behind a figure."""
    if not numbers:
        return mark_safe("")
    word = escape(gettext("Source"))
    links = (f'<a href="#s{n}" title="{word} {n}"><span class="unseen">{word} </span>{n}</a>' for n in numbers)
    return mark_safe(f'<sup class="refs">{" ".join(links)}</sup>')
