"""An old spreadsheet of 10,000 rows: reading, preview, bringing in and taking back, against plain row streaming."""

import csv
import io
import random
import resource
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.frame import in_children

ROWS, PARTNERS = 10_000, 400
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober")


def means_one(city: Any) -> bool:
    """Whether nobody has to be asked which place the name means."""
    from kembar.cities.queries import UnknownCity, find

    try:
        return find(city.name, country=city.country).key == city.key
    except UnknownCity:
        return False


def table() -> bytes:
    """Four papers in ten rows, six events; dates in five ways of writing, partners in no order."""
    from kembar.cities import gazetteer

    chance = random.Random(1)
    largest = sorted(gazetteer.cities(), key=lambda city: -city.population)
    plain = (city for city in largest if city.geonameid and city.country != "ID" and means_one(city))
    cities = list(islice(plain, PARTNERS))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["No", "Kota Mitra", "Negara", "Jenis", "Judul", "Tanggal", "Jangka Waktu", "Bidang"])
    for number in range(1, ROWS + 1):
        city, year, day = chance.choice(cities), chance.randrange(1960, 2026), chance.randrange(1, 28)
        month = chance.randrange(10)
        written = chance.choice(
            (f"{day} {MONTHS[month]} {year}", f"{day:02}/{month + 1:02}/{year}", str(year), f"akhir {year}",
             f"{year}-{month + 1:02}-{day:02}")
        )  # fmt: skip
        paper = number % 10 < 4
        kind = chance.choice(("MoU", "LoI")) if paper else chance.choice(("Kunjungan", "Kegiatan"))
        title = f"Naskah {number}" if paper else f"Peristiwa {number}"
        term = "5 tahun" if paper else ""
        scope = "pendidikan, budaya" if paper else ""
        writer.writerow([number, city.name, city.country, kind, title, written, term, scope])
    return out.getvalue().encode()


def main(name: str, address: str) -> None:
    from kembar.access.permissions import SYSTEM
    from kembar.cities.actions import adopt, open_office
    from kembar.cities.queries import find, search
    from kembar.spreadsheets.actions import enter, preview, take, undo

    office = open_office(by=SYSTEM, slug="bandung", local_government=adopt(find("Bandung", country="ID"), by=SYSTEM))
    search("Bandung")  # the gazetteer is read once per process
    data = table()
    begun = time.process_time()
    streamed = sum(len(row) for row in csv.reader(io.StringIO(data.decode(), newline=""), delimiter=";"))
    floor = time.process_time() - begun
    assert streamed == 8 * (ROWS + 1)
    print(f"{name}: {ROWS} rows of {PARTNERS} partners, {len(data) // 1024} KB; plain streaming {floor * 1000:.0f} ms")
    found = take(data, name="daftar.csv", by=SYSTEM, office=office)

    def again() -> None:
        nonlocal second
        second = preview(second, by=SYSTEM)

    steps: list[tuple[str, Callable[[], object]]] = [
        ("preview", lambda: preview(found, by=SYSTEM)),
        ("bringing in", lambda: enter(found, by=SYSTEM)),
    ]
    for what, deed in steps:
        show(what, deed, floor)
    second = take(data, name="daftar.csv", by=SYSTEM, office=office)
    show("preview of the same file again", again, floor)
    assert second.counts["outcomes"] == {"nothing_new": ROWS}, second.counts
    show("taking back", lambda: undo(found, by=SYSTEM, reason="measured"), floor)
    print(f"  {'memory of this one process, MB':<34}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:8d}")


def show(what: str, deed: Callable[[], object], floor: float) -> None:
    clock, begun = time.perf_counter(), time.process_time()
    deed()
    cpu, took = time.process_time() - begun, time.perf_counter() - clock
    print(f"  {what:<32}{cpu:7.2f} s CPU ({took:6.1f} by the clock) {cpu / floor:7.0f} times streaming", flush=True)


if __name__ == "__main__":
    in_children(main)
