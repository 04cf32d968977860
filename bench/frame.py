"""What measurements share: an instance of their own, CPU per request, and the empty view to hold them against."""

import gzip
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EMPTY = "/bandung/desk/empty/"


def databases() -> Iterator[tuple[str, str]]:
    """(name, address) of both databases, each empty."""
    folder = Path(os.environ["KEMBAR_DATA_DIR"])
    for old in folder.glob("large.sqlite3*"):
        old.unlink()
    yield "SQLite", f"sqlite:///{folder / 'large.sqlite3'}"
    yield "PostgreSQL", os.environ["POSTGRESQL_URL"]


@contextmanager
def instance(address: str) -> Iterator[None]:
    """Django set up on one database, migrated, in a process of its own. PostgreSQL is emptied first."""
    os.environ["KEMBAR_DATABASE_URL"] = address
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("migrate", verbosity=0)
    yield
    connection.close()


def in_children(main: Callable[[str, str], None]) -> None:
    """Run a measurement once per database, each in a fresh process, so that settings are read anew."""
    for name, address in databases():
        child = os.fork()
        if child == 0:
            try:
                with instance(address):
                    main(name, address)
            except BaseException:
                import traceback

                traceback.print_exc()
                os._exit(1)
            sys.stdout.flush()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            raise SystemExit(f"{name}: the measurement failed")


class Site:
    """The WSGI application called in this process, with the whole middleware."""

    def __init__(self) -> None:
        from django.core.wsgi import get_wsgi_application

        self.application = get_wsgi_application()

    def get(self, path: str, *, headers: dict[str, str] | None = None) -> tuple[str, bytes]:
        """Status and body."""
        path, _, query = path.partition("?")
        status: list[str] = []
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000", "HTTP_HOST": "localhost", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": False,
            "wsgi.multiprocess": True, "wsgi.run_once": False, "HTTP_ACCEPT_ENCODING": "gzip", **(headers or {}),
        }  # fmt: skip

        def start(line: str, _headers: object, _error: object = None) -> None:
            status.append(line)

        answer = self.application(environ, start)
        body = b"".join(answer)
        close = getattr(answer, "close", None)
        if close:
            close()
        return status[0], body


class Visitor:
    """Somebody signed in, by the cookie of their browser."""

    def __init__(self, cookie: str) -> None:
        self.site, self.headers = Site(), {"HTTP_COOKIE": cookie}

    def get(self, path: str) -> str:
        """The page; anything but a 200 ends the measurement."""
        status, body = self.site.get(path, headers=self.headers)
        assert status.startswith("200"), (path, status)
        return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()

    def anew(self, path: str) -> str:
        """The same page with nothing kept, as after a change of the office."""
        from django.core.cache import caches

        for cache in caches.all(initialized_only=True):
            cache.clear()
        return self.get(path)


def analyze() -> None:
    """What PostgreSQL knows of its tables is as fresh as on a server that has run for a night."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def measure_pages(
    pages: Sequence[tuple[str, str, int, int]], visitor: Visitor, *, anew: bool = False, **names: object
) -> None:
    """CPU and queries of each (what, address, most times the empty page, most queries); `names` fill in addresses.

    `anew`: each time with nothing kept. The empty page is never made so: it stands for what every page costs.
    """
    from django.db import connection, reset_queries

    ask = visitor.anew if anew else visitor.get

    def asked(path: str, ask: Callable[[str], object]) -> list[dict[str, str]]:
        connection.force_debug_cursor = True
        reset_queries()
        ask(path)
        connection.force_debug_cursor = False
        return list(connection.queries)

    floor = milliseconds(lambda: visitor.get(EMPTY), times=60)
    print(f"  {'the empty page of somebody signed in':<34}{floor:8.2f} ms{len(asked(EMPTY, visitor.get)):17d} queries")
    for what, address, most, queries in pages:
        path = address.format(**names)
        spent = milliseconds(lambda path=path: ask(path), times=4, rounds=3)
        found = asked(path, ask)
        slow = sum(float(query["time"]) for query in found) * 1000
        print(f"  {what:<34}{spent:8.2f} ms{spent / floor:7.1f} ×{len(found):8d} queries, {slow:6.1f} ms in them"
              f"   aim: {most} ×, {queries} queries at most")  # fmt: skip


def milliseconds(deed: Callable[[], object], *, times: int = 60, rounds: int = 5) -> float:
    """CPU of this process per call, the least of several rounds: noise only ever adds."""
    deed()
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        for _ in range(times):
            deed()
        best = min(best, (time.process_time() - begun) / times * 1000)
    return best


def line(what: str, value: float, floor: float, aim: str) -> None:
    print(f"  {what:<46}{value:8.2f} ms  {value / floor:6.1f} times the empty view   aim: {aim}")
