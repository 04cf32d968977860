"""What an officer is asked to look at again before something enters the register. Plain values in, doubts out."""

from collections.abc import Iterable, Mapping
from datetime import date

from kembar.lib.dates import EdtfDate, parse_edtf, shared
from kembar.sources.rules import DUPLICATE, Doubt, future_doubt, order_doubt, ordinal_doubt, weekday_doubt

# Facts of the past: the source cannot know them before they happened.
HAPPENED = ("concluded", "date", "lapsed")
ORDERED = (("concluded", "ends"), ("effective", "ends"), ("concluded", "lapsed"))


def date_of(values: Mapping[str, str], attribute: str) -> EdtfDate | None:
    text = values.get(attribute, "")
    return parse_edtf(text) if text else None


def doubts_about(
    values: Mapping[str, str],
    *,
    said: str,
    known_on: date,
    others: Iterable[EdtfDate | None] = (),
    counted: int | None = None,
) -> list[Doubt]:
    """Everything doubtful about values as they are typed in.

    `values` maps attributes to canonical texts, `said` holds the source's own words, `known_on` is the day of the
    source (today, when it has none), `others` the dates of records of the same kind in the file, `counted` the
    place the register gives this partner among the sister cities.
    """
    found: list[Doubt | None] = [weekday_doubt(said)]
    for attribute in HAPPENED:
        found.append(future_doubt(date_of(values, attribute), known_on=known_on))
    for start, end in ORDERED:
        found.append(order_doubt(date_of(values, start), date_of(values, end)))
    happened = date_of(values, "concluded") or date_of(values, "date")
    if happened is not None:
        same = next((other for other in others if other is not None and shared(other, happened) is not None), None)
        found.append(Doubt(DUPLICATE, {"date": same.date_text}) if same is not None else None)
    if counted is not None and values.get("ordinal", "").isdecimal():
        found.append(ordinal_doubt(int(values["ordinal"]), counted=counted))
    unique: dict[str, Doubt] = {}
    for doubt in found:
        if doubt is not None:
            unique.setdefault(doubt.code, doubt)
    return list(unique.values())
