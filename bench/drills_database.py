"""The drills in which the database itself dies, moves or fills up, and the one in which the worker dies."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from bench.clusters import Cluster, address
from bench.drills import Instance, Load

LETTERS = 40
WRITE_LETTERS = """
from kembar.cities.queries import office
from kembar.mailbox.actions import post
for number in range(LETTERS):
    post(f"reader{number}@example.org", office_id=None, language="en", heading="Drill", text="x", kind="drill")
"""
REGISTER = """
import json
from kembar.sources.models import Claim
from kembar.spreadsheets.models import Entered, Spreadsheet
from kembar.partnerships.models import Partnership
print(json.dumps([Claim.objects.count(), Partnership.objects.count(), Entered.objects.count(),
                  sorted(Spreadsheet.objects.order_by("id").values_list("state", flat=True))]))
"""
CASES = """
from kembar.procedure.models import Case
rows = Case.objects.order_by("id").values_list("pk", flat=True)
print(len(rows))
"""
ROWS = 500
LEFT = 1_000_000  # bytes


def server(instance: Instance) -> bool:
    """The database server killed with -9 three times under writing load, each time back after a second."""
    cluster = Cluster(instance.folder / "pg").make()
    try:
        instance.database = address(cluster)
        token = instance.fill()
        instance.start()
        waits = []
        with Load(instance, token) as load:
            for _ in range(3):
                load.wait_for(40)
                cluster.kill()
                time.sleep(1)
                cluster.start()
                began = time.monotonic()
                load.wait_for(1)
                waits.append(time.monotonic() - began)
            load.wait_for(20)
        return _nothing_lost(instance, load, waits)
    finally:
        instance.kill()
        cluster.stop()


def standby(instance: Instance) -> bool:
    """The first server killed for good, its synchronous standby promoted; the site keeps its address of both."""
    first = Cluster(instance.folder / "first").make()
    second = first.followed_by(instance.folder / "second")
    try:
        instance.database = address(first, second)
        token = instance.fill()
        instance.start()
        with Load(instance, token) as load:
            load.wait_for(80)
            first.kill()
            time.sleep(1)
            second.promote()
            began = time.monotonic()
            load.wait_for(1)
            waits = [time.monotonic() - began]
            load.wait_for(60)
        return _nothing_lost(instance, load, waits)
    finally:
        instance.kill()
        first.stop()
        second.stop()


def _nothing_lost(instance: Instance, load: Load, waits: list[float]) -> bool:
    there = instance.titles()
    lost = set(load.acknowledged) - set(there)
    twice = len(there) - len(set(there))
    print(f"  acknowledged {len(load.acknowledged)}, in the database {len(there)}, without answer or with 5xx "
          f"{load.unanswered}, acknowledged and lost {len(lost)}, written twice {twice}")  # fmt: skip
    print("  writing went on after " + ", ".join(f"{wait:.1f} s" for wait in waits))
    return not lost and len(there) == len(set(there))


def worker(instance: Instance) -> bool:
    """The sender of letters killed with -9 in the middle, twice; then the nightly work, killed ten times."""
    from kembar.mailbox.tests.server import running

    instance.fill()
    instance.python(WRITE_LETTERS.replace("LETTERS", str(LETTERS)))
    with running() as server:
        server.seconds_a_letter = 0.02
        server.handle_error = lambda *_: None  # type: ignore[method-assign] # a line that is cut is what is drilled
        where = {"KEMBAR_MAIL_SERVER": f"smtp://127.0.0.1:{server.port}"}
        for goal in (10, 25):
            with _killed(instance, "manage.py", "deliver_mail", **where):
                while len(server.received) < goal:
                    time.sleep(0.005)
        instance.python(SEND_LATER, **where)
        got = [message["Message-ID"] for message in server.received if message["Subject"] == "Drill"]
    twice = len(got) - len(set(got))
    print(f"  letters {LETTERS}, arrived {len(set(got))}, a second time {twice} (under the same Message-ID)")
    instance.run("-m", "kembar", "demo", "--stage", "register", KEMBAR_SAMPLE="1")
    night = ("manage.py", "open_renewals", "--months", "240")
    for step in range(10):
        with _killed(instance, *night):
            time.sleep(1 + 0.15 * step)
    ends = []
    for _ in range(2):
        done = instance.run(*night)
        ends.append((done.returncode, instance.python(CASES)))
    print(f"  renewal cases after ten kills and one whole night {ends[0][1]}, after another night {ends[1][1]}")
    return len(set(got)) == LETTERS and twice <= 2 and ends[0] == ends[1] and ends[0][0] == 0


SEND_LATER = """
from datetime import timedelta
from django.utils import timezone
from kembar.mailbox.actions import deliver
deliver(now=timezone.now() + timedelta(minutes=11))
"""


@contextmanager
def _killed(instance: Instance, *words: str, **more: str) -> Iterator[None]:
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, *words], cwd=Path(__file__).parent.parent, stdout=nowhere,
                               stderr=nowhere, env=instance.environment(**more))  # fmt: skip
    try:
        yield
    finally:
        process.kill()
        process.wait()


def full(instance: Instance) -> bool:
    """An old list is brought in on a disk that fills up meanwhile; then room is made and the same file comes again."""
    if os.getuid():
        print("  only root can make the small disk: skipped")
        return True
    instance.folder.chmod(0o755)
    small = instance.folder / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=260m,mode=755", "tmpfs", str(small)], check=True)
    cluster = Cluster(small / "pg") if instance.database else None
    file = instance.folder / "list.csv"
    file.write_text(_list(), encoding="utf-8")
    instance.folder = small / "data"
    try:
        if cluster:
            instance.database = address(cluster.make())
        instance.fill()
        return _filled_up(instance, cluster, file, ballast=small / "ballast")
    finally:
        if cluster:
            cluster.stop()
        subprocess.run(["umount", "-l", str(small)], check=False)


def _list() -> str:
    first = date(1960, 1, 1)
    days = [first + timedelta(days=16 * number) for number in range(ROWS)]
    rows = [f"Suwon;Kunjungan;{day:%d/%m/%Y};bidang nomor {day:%j} dan seterusnya" for day in days]
    return "\n".join(["Kota Mitra;Jenis;Tanggal;Bidang", *rows, ""])


def _filled_up(instance: Instance, cluster: Cluster | None, file: Path, *, ballast: Path) -> bool:
    words = ("-m", "kembar", "import", str(file), "--accept")
    empty = json.loads(instance.python(REGISTER))
    room = os.statvfs(ballast.parent)
    with ballast.open("wb") as file_of_nothing:
        for _ in range((room.f_bavail * room.f_frsize - LEFT) // 1_000_000):
            file_of_nothing.write(bytes(1_000_000))
    tried = instance.run(*words)
    said = (tried.stderr.strip() or "nothing").splitlines()[-1]
    print(f"  with {LEFT // 1_000_000} MB left: exit {tried.returncode}, “{said[:150]}”")
    ballast.unlink()
    if cluster and not cluster.is_up:
        print("  the database server had stopped; started again")
        cluster.start()
    after = json.loads(instance.python(REGISTER))
    again = instance.run(*words)
    whole = json.loads(instance.python(REGISTER))
    print(f"  claims, files, entries of the list, states: before {empty}, after {after}")
    print(f"  with room, the same command: exit {again.returncode}, {whole}")
    nothing = after[:3] == empty[:3] and "entered" not in after[3]
    return tried.returncode == 1 and nothing and again.returncode == 0 and "entered" in whole[3]
