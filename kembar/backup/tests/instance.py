"""A whole instance of its own, run as an administrator runs it: by its commands, on a database that stays."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

ON_POSTGRESQL = os.environ.get("KEMBAR_DATABASE_URL", "").startswith("postgres")
# What everyone sees, and the journal. Another language looks at the same rows: one page of each kind is enough.
_LOOK = """
import hashlib, json
from django.test import Client
from django.urls import reverse
from kembar.cities.queries import office
from kembar.journal.queries import of_office
from kembar.partnerships.queries import files_of
home, visitor, pages = office("bandung"), Client(HTTP_HOST="localhost"), {}
paths = ["", "bandung/how-many/", "bandung/about/", "bandung/changes.xml", "bandung/expiring.ics"]
paths += [f"bandung/partners/{file.slug}/{page}" for file in files_of(home.pk) for page in ("", "promises/")]
elsewhere = ["/ko/", "/ko/bandung/partners/suwon/", "/ko/bandung/partners/suwon/promises/", "/zh/?q=南宁"]
for path in [f"/{path}" for path in paths] + elsewhere:
    answer = visitor.get(path)
    assert answer.status_code == 200, path
    pages[path] = hashlib.sha256(answer.content).hexdigest()
told = [[str(value) for value in (entry.pk, entry.at, entry.actor, entry.verb, entry.subject)] + [entry.facts]
        for entry in of_office(home.pk)]
print(json.dumps({"pages": pages, "journal": told}))
"""
_KEEP_A_DOCUMENT = """
import io
from kembar.access.permissions import SYSTEM
from kembar.cities.queries import office
from kembar.files.actions import keep
from kembar.files.store import receive
with receive(io.BytesIO(b"Nota kesepahaman\\n" * 500), name="nota.txt") as arrived:
    keep(arrived, by=SYSTEM, office_id=office("bandung").pk, subject={subject!r})
"""


@dataclass(frozen=True)
class Instance:
    """`database` is an address of PostgreSQL, or empty for SQLite in the folder."""

    folder: Path
    database: str = ""

    def run(self, *arguments: str, largest_file: int = 0) -> subprocess.CompletedProcess[str]:
        """Without the settings of whoever runs the tests; with `largest_file`, as on a disk with so many bytes left."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KEMBAR_")}
        environment = kept | {
            "KEMBAR_DATA_DIR": str(self.folder), "KEMBAR_DATABASE_URL": self.database, "KEMBAR_SAMPLE": "1",
            "KEMBAR_SECRET_KEY": "only-for-tests-and-long-enough-to-pass-the-checks-of-django",
        }  # fmt: skip
        limit = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file,) * 2)) if largest_file else None
        return subprocess.run(
            [sys.executable, *arguments], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True,
            timeout=120, check=False, preexec_fn=limit,
        )  # fmt: skip

    def kembar(self, *arguments: str, largest_file: int = 0) -> tuple[int, str]:
        """Exit code and everything it said."""
        done = self.run("-m", "kembar", *arguments, largest_file=largest_file)
        return done.returncode, done.stdout + done.stderr

    def python(self, code: str) -> str:
        start = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'\nimport django; django.setup()\n"
        done = self.run("-c", start + code)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def fill(self) -> None:
        assert self.kembar("demo", "--stage", "register")[0] == 0
        self.keep_a_document("instrument:1")

    def keep_a_document(self, subject: str) -> None:
        self.python(_KEEP_A_DOCUMENT.format(subject=subject))

    def seen(self) -> dict[str, object]:
        """Every public page, and the journal."""
        return json.loads(self.python(_LOOK))  # type: ignore[no-any-return]

    def documents(self) -> dict[str, bytes]:
        folder = self.folder / "files"
        return {path.name: path.read_bytes() for path in folder.glob("[0-9a-f][0-9a-f]/*")}


@contextmanager
def empty_postgresql() -> Iterator[str]:
    """The address of a new, empty database on the server the tests run on."""
    import psycopg

    given = urlsplit(os.environ["KEMBAR_DATABASE_URL"])
    name = f"kembar_backup_{os.getpid()}"
    with psycopg.connect(urlunsplit(given), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')  # type: ignore[arg-type]
        server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        try:
            yield urlunsplit(given._replace(path=f"/{name}"))
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]
