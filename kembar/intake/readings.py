"""One text read, alike for the pages, the API and the command line. Plain Python, no Django."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kembar.intake.extract import Reading, read
from kembar.intake.rules import masked_phones


@dataclass(frozen=True, slots=True)
class Read:
    """`body` is the text as it is kept, telephone numbers masked; the spans of `reading` count its characters."""

    body: str
    reading: Reading

    def as_json(self) -> dict[str, Any]:
        return self.reading.as_json()

    def as_text(self) -> str:
        """One line per finding for people: kind, value, the words that show it, parted by tabs."""
        reading = self.reading
        rows = [("city", f"{city.name}, {city.country}", city.start, city.end) for city in reading.cities]
        rows += [("person", _joined(one.name, one.office, one.of), one.start, one.end) for one in reading.people]
        rows += [("date", day.value, day.start, day.end) for day in reading.dates]
        rows += [("money", f"{sum_.amount:.2f} {sum_.currency}", sum_.start, sum_.end) for sum_ in reading.money]
        rows += [("field", sector.code, sector.start, sector.end) for sector in reading.sectors]
        rows += [
            ("agreement", f"{paper.kind} {paper.status}: {_joined(*paper.parties)}", paper.start, paper.end)
            for paper in reading.agreements
        ]
        rows += [
            ("promise", f"{promise.modality}: {promise.actor or '?'}, {promise.due or '?'}", promise.start, promise.end)
            for promise in reading.commitments
        ]
        rows += [("check", check.kind, check.start, check.end) for check in reading.checks]
        lines = [f"language\t{reading.language}", *(f"note\t{code}" for code in reading.notes)]
        lines += [f"{kind}\t{value}\t{' '.join(self.body[start:end].split())}" for kind, value, start, end in rows]
        return "\n".join(lines)


def reading_of(text: str, *, published: date | None = None) -> Read:
    """Never raises on text, however odd: see `Reading.notes`."""
    body = masked_phones(text)
    return Read(body, read(body, published=published))


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
