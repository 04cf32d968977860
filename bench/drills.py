"""What is left when something dies: `sh bench/drill.sh`. Real processes, real databases, answers counted at the end."""

import http.client
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).parent.parent
LONGEST = 300  # seconds a drill may take
WRITERS = 4
START = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django; django.setup()
"""
OFFICE = """
from django.utils import timezone
from kembar.access.permissions import SYSTEM, Role, Scope
from kembar.cities.queries import office
from kembar.people.actions.members import give_role
from kembar.people.actions.tokens import make_token
from kembar.people.models import Account
from kembar.people.queries import actor
home = office("bandung")
person = Account.objects.create(email="drill@example.org", name="Drill", made_at=timezone.now())
give_role(person, by=SYSTEM, office=home, role=Role.OFFICER)
scopes = [Scope.SOURCES]
print(make_token(person, by=actor(person), office=home, name="drill", scopes=scopes, days=30).token)
"""
TITLES = """
import json
from kembar.cities.queries import office
from kembar.sources.models import Document
rows = Document.objects.filter(title__startswith="drill ").order_by("id")
print(json.dumps(list(rows.values_list("title", flat=True))))
"""
UPLOAD = """
import io
from kembar.files.store import NoRoom, lying, receive, settle
try:
    with receive(io.BytesIO(b"Nota kesepahaman " * 60_000), name="nota.txt") as arrived:
        settle(arrived)
except NoRoom as full:
    print("refused:", full, "| left:", lying(seconds=0))
"""
LETTERS = """
from kembar.mailbox.models import Letter
print(sorted({(letter.state, letter.attempts) for letter in Letter.objects.order_by("id")}))
"""
SEND_LATER = """
from datetime import timedelta
from django.utils import timezone
from kembar.mailbox.actions import deliver
deliver(now=timezone.now() + timedelta(minutes=11))
"""


class Instance:
    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database, self.port = folder, database, free_port()
        self.server: subprocess.Popen[bytes] | None = None

    def environment(self, **more: str) -> dict[str, str]:
        return os.environ | {
            "KEMBAR_DATA_DIR": str(self.folder), "KEMBAR_DATABASE_URL": self.database,
            "KEMBAR_SITE_ADDRESS": f"http://127.0.0.1:{self.port}", "KEMBAR_API_PER_MINUTE": "1000000",
            "KEMBAR_SECRET_KEY": "only-for-drills-and-long-enough-to-pass-the-checks-of-django", **more,
        }  # fmt: skip

    def run(self, *words: str, largest_file: int = 0, **more: str) -> subprocess.CompletedProcess[str]:
        limit = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file,) * 2)) if largest_file else None
        return subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.environment(**more), capture_output=True, text=True,
            preexec_fn=limit, check=False,
        )  # fmt: skip

    def python(self, code: str, **more: str) -> str:
        done = self.run("-c", START + code, **more)
        if done.returncode:
            raise SystemExit(done.stderr)
        return done.stdout.strip()

    def fill(self) -> str:
        """An office and an officer's access token."""
        words = ("open-office", "Bandung", "--country", "ID", "--head-mail", "head@example.org", "--head-name", "Head")
        done = self.run("-m", "kembar", *words)
        if done.returncode:
            raise SystemExit(done.stderr)
        return self.python(OFFICE)

    def start(self) -> None:
        command = ["granian", "--interface", "wsgi", "--port", str(self.port), "--workers", "2", "--blocking-threads",
                   "1", "--log-level", "critical", "config.wsgi:application"]  # fmt: skip
        self.server = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, env=self.environment(), start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.1)
        raise SystemExit("the server did not start")

    def kill(self) -> None:
        """Server and workers at once, in the middle of whatever they do."""
        if self.server is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()
            self.server = None

    def titles(self) -> list[str]:
        return json.loads(self.python(TITLES))  # type: ignore[no-any-return]


class Load:
    """Writers that enter sources through the API and remember which were acknowledged."""

    def __init__(self, instance: Instance, token: str) -> None:
        self.instance, self.token = instance, token
        self.acknowledged: list[str] = []
        self.unanswered = 0
        self.stopped = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        for thread in self._threads:
            thread.join()

    def _write(self, number: int) -> None:
        count = 0
        while not self.stopped.is_set():
            count += 1
            title = f"drill {number}-{count}"
            try:
                link = http.client.HTTPConnection("127.0.0.1", self.instance.port, timeout=30)
                link.request(
                    "POST", "/api/v1/sources", json.dumps({"title": title, "kind": "official"}),
                    {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
                )  # fmt: skip
                status = link.getresponse().status
                link.close()
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                time.sleep(0.05)
                continue
            if status == 201:
                self.acknowledged.append(title)
            elif status >= 500:
                self.unanswered += 1
                time.sleep(0.05)
            elif status < 500:
                raise SystemExit(f"the API answered {status}")

    def wait_for(self, more: int) -> None:
        goal = len(self.acknowledged) + more
        while len(self.acknowledged) < goal:
            time.sleep(0.05)


def kill(instance: Instance) -> bool:
    """Three times kill -9 of the web server and its workers under writing load; every 201 must be in the database."""
    token = instance.fill()
    instance.start()
    with Load(instance, token) as load:
        for _ in range(3):
            load.wait_for(40)
            instance.kill()
            time.sleep(0.3)
            instance.start()
        load.wait_for(20)
    there = set(instance.titles())
    lost = set(load.acknowledged) - there
    print(f"  acknowledged {len(load.acknowledged)}, in the database {len(there)}, unanswered {load.unanswered}, "
          f"acknowledged and lost {len(lost)}")  # fmt: skip
    return not lost


def backup(instance: Instance) -> bool:
    """A backup while four writers write, restored on SQLite: whole, with all that was acknowledged before it began."""
    token = instance.fill()
    instance.start()
    path = instance.folder / "drill.zip"
    with Load(instance, token) as load:
        load.wait_for(60)
        before = list(load.acknowledged)
        began = time.monotonic()
        done = instance.run("-m", "kembar", "backup", str(path))
        took = time.monotonic() - began
        during = len(load.acknowledged) - len(before)
        load.wait_for(20)
    restored = Instance(instance.folder / "restored", "")
    back = restored.run("-m", "kembar", "restore", str(path))
    if done.returncode or back.returncode:
        print(done.stderr, back.stderr)
        return False
    there = restored.titles()
    missing = set(before) - set(there)
    print(f"  {took:.1f} s, {during} writes acknowledged meanwhile; restored {len(there)} of {len(load.acknowledged)}")
    print(f"  missing of the {len(before)} acknowledged before it began: {len(missing)}")
    return not missing and len(there) == len(set(there))


def disk(instance: Instance) -> bool:
    """Backup and upload on a disk that takes 20 KB a file: refused in words, and nothing half-written remains."""
    instance.fill()
    folder = instance.folder / "backups"
    folder.mkdir()
    done = instance.run("-m", "kembar", "backup", str(folder / "drill.zip"), largest_file=20_000)
    left = list(folder.iterdir())
    print(f"  backup: exit {done.returncode}, “{done.stderr.strip()[:90]}…”, left {left}")
    upload = instance.run("-c", START + UPLOAD, largest_file=20_000).stdout.strip()
    print(f"  upload: {upload}")
    return done.returncode == 1 and not left and upload.endswith("left: []")


def mail(instance: Instance) -> bool:
    """A letter is written while the mail server is away, waits, and leaves when it is back."""
    from kembar.mailbox.tests.server import running

    instance.fill()  # the invitation of the head is the letter
    away = f"smtp://127.0.0.1:{free_port()}"
    instance.run("manage.py", "deliver_mail", KEMBAR_MAIL_SERVER=away)
    waiting = instance.python(LETTERS)
    print(f"  away: {waiting} (state, tries that count)")
    with running() as server:
        instance.python(SEND_LATER, KEMBAR_MAIL_SERVER=f"smtp://127.0.0.1:{server.port}")
        arrived = len(server.received)
    print(f"  back: {instance.python(LETTERS)}, arrived {arrived}")
    return waiting.startswith("[('waiting', 0)") and arrived == 1


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def _database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    import psycopg

    given = urlsplit(os.environ["POSTGRESQL_URL"])
    name = f"drill_{os.getpid()}"
    with psycopg.connect(urlunsplit(given), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        try:
            yield urlunsplit(given._replace(path=f"/{name}"))
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def _too_long(*_: object) -> None:
    raise SystemExit(f"not done after {LONGEST} seconds")


def main() -> int:
    name, kind = sys.argv[1:]
    from bench import drills_database as more

    drill = {"kill": kill, "backup": backup, "disk": disk, "mail": mail, "worker": more.worker, "full": more.full,
             "server": more.server, "standby": more.standby}[name]  # fmt: skip
    if kind == "sqlite" and name in ("server", "standby"):
        return 0
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(LONGEST)
    print(f"{name} on {kind}", flush=True)
    with tempfile.TemporaryDirectory(prefix="kembar-drill-") as folder, _database(kind) as database:
        instance = Instance(Path(folder), database)
        try:
            good = drill(instance)
        finally:
            instance.kill()
    print("  good" if good else "  BAD")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
