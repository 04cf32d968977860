"""The register as plain lines: what the command line, the downloads and other systems read. Codes, not labels."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from kembar.agreements import queries as agreements
from kembar.agreements.claims_file import RowError
from kembar.cities import queries as cities
from kembar.cities.queries import Office
from kembar.procedure.queries import cases
from kembar.sources import queries as sources

PARTNERSHIP_COLUMNS = (
    "partner", "country", "kind", "headline", "since", "since_precision", "sister_city", "instruments", "open_claims",
)  # fmt: skip
LEG_COLUMNS = ("partner", "leg", "from", "to", "days")
CASE_COLUMNS = (
    "partner", "kind", "stage", "step", "holder", "since", "waiting_working_days", "forecast", "missing",
)  # fmt: skip
CITY_COLUMNS = ("name", "country", "level", "native_name", "population", "geonameid")


def partnership_lines(office: Office, *, on: date) -> Iterator[dict[str, Any]]:
    """One line per partnership listed on that day. A date that is not known is None, with precision ""."""
    spans = list(agreements.on_day(office.pk, on=on))
    waiting = sources.open_claims((span.partnership.key for span in spans), office_id=office.pk)
    for span in spans:
        file = span.partnership
        yield {
            "partner": file.english_name,
            "country": file.partner.country,
            "kind": file.kind,
            "headline": span.headline,
            "since": span.since.date_text if span.since else None,
            "since_precision": str(span.since.precision) if span.since else "",
            "sister_city": span.sister_city,
            "instruments": span.papers,
            "open_claims": waiting.get(file.key, 0),
        }


def leg_lines(office: Office) -> Iterator[dict[str, Any]]:
    """One line per leg of the road whose two ends are known to the day."""
    for found in agreements.lead_times(office.pk):
        yield {
            "partner": found.partnership.english_name,
            "leg": found.leg.name,
            "from": found.leg.starts.date_text,
            "to": found.leg.ends.date_text,
            "days": found.leg.days,
        }


def case_lines(office: Office, *, on: date) -> Iterator[dict[str, Any]]:
    """One line per case open on that day. `forecast` and `since` are None where nothing is known to go by; `missing`
    names the approvals still to come before the signature."""
    for line in cases.lines(office.pk, on=on, country=office.local_government.country):
        yield {
            "partner": line.case.partnership.english_name,
            "kind": line.case.kind,
            "stage": line.stage,
            "step": line.step,
            "holder": line.holder,
            "since": line.since.date_text if line.since else None,
            "waiting_working_days": line.days,
            "forecast": line.forecast.day.isoformat() if line.forecast.day else None,
            "missing": list(line.missing),
        }


def city_lines(query: str, *, limit: int) -> Iterator[dict[str, Any]]:
    """The cities a name in any script may mean, the likeliest first."""
    for city in cities.search(query, limit=limit):
        yield {
            "name": city.english_name,
            "country": city.country,
            "level": city.level,
            "native_name": city.native_name,
            "population": city.population,
            "geonameid": city.geonameid,
        }


_SENTENCES = {
    "not_a_table": "this is no table in CSV ({why})",
    "missing_columns": "these columns are missing: {columns}",
    "too_many_rows": "more than {most} rows; split the file",
    "no_rows": "there is no row below the heading",
    "wrong_width": "this row does not have {columns} cells",
    "empty_cell": "the cell {column} is empty",
    "cell_too_long": "the cell {column} is longer than {most} characters",
    "unknown_word": "{word!r} is not allowed in the column {column}; allowed are: {words}",
    "institution_missing": "an institution or network is named in the column institution, and nothing else is",
    "reason_missing": "a rejected claim needs a reason",
    "unreadable_date": "{text!r} cannot be read as a date ({reason})",
    "unknown_city": "no city {city!r} in {country} is known",
    "ambiguous_city": "{city!r} may be several cities: {candidates}",
    "no_such_paper": "{said!r} speaks of a paper that no row names",
    "unknown_party": "{party!r} is neither the partner nor the office's city",
    "supersession_circle": "the papers of {city} take each other's place in a circle",
}


def refusal_lines(errors: Iterable[RowError]) -> Iterator[str]:
    """What is wrong with each row of a refused claims file, for the command line."""
    for error in errors:
        yield f"line {error.line}: " + _SENTENCES[error.code].format(**error.facts)
