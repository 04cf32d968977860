"""The API at size: CPU per answer against the empty view, and queries."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.frame import Site, in_children, line, milliseconds

LIST = "/api/v1/partnerships?size=25"
MADE_ANEW = {
    "register of 25": LIST,
    "one partnership": "/api/v1/partnerships/",
    "50 papers with their states": "/api/v1/agreements",
    "50 claims, page 40": "/api/v1/claims?page=40",
}


def main(name: str, address: str) -> None:
    from django.db import connection, reset_queries
    from django.test import Client

    from bench import large
    from kembar.journal.actions import touch

    office = large.build()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    site, token = Site(), {"HTTP_AUTHORIZATION": f"Bearer {token_of(office)}"}
    asked = MADE_ANEW | {
        "one partnership": "/api/v1/partnerships/" + json.loads(site.get(LIST)[1])["items"][20]["slug"]
    }
    known = {"HTTP_IF_NONE_MATCH": Client().get(LIST, headers={"Host": "localhost"}).headers["ETag"]}
    print(f"{name}: {large.PARTNERSHIPS} partnerships, {large.CLAIMS_EACH * large.PARTNERSHIPS} claims")

    def uncached(path: str) -> None:
        touch(office_id=office.pk)
        site.get(path)

    empty = milliseconds(lambda: site.get("/empty/"), times=300)
    touched = milliseconds(lambda: touch(office_id=office.pk), times=100)
    print(f"  {'the empty view, whole middleware':<46}{empty:8.3f} ms")
    line("register of 25, kept", milliseconds(lambda: site.get(LIST), times=200), empty, "4 at most")
    line(
        "the same, unchanged (304)", milliseconds(lambda: site.get(LIST, headers=known), times=200), empty, "4 at most"
    )
    for what, path in asked.items():
        cost = milliseconds(lambda p=path: uncached(p), times=20) - touched
        line(f"{what}, made anew", cost, empty, "25 at most")
    with_token = milliseconds(lambda: site.get(LIST, headers=token), times=20)
    line("register of 25, with a token", with_token, empty, "30 at most")
    connection.force_debug_cursor = True
    for what, path in asked.items():
        touch(office_id=office.pk)
        reset_queries()
        status, _ = site.get(path)
        assert status.startswith("200"), (path, status)
        print(f"  {what + ', queries':<46}{len(connection.queries):8d}     aim: 15 at most")


def token_of(office: object) -> str:
    """The access token of an officer."""
    from kembar.access.permissions import SYSTEM, Role
    from kembar.people.actions.members import give_role
    from kembar.people.actions.tokens import make_token
    from kembar.people.queries import actor
    from tests.members import account

    person = account("Sari")
    give_role(person, by=SYSTEM, office=office, role=Role.OFFICER)
    return make_token(person, by=actor(person), office=office, name="Portal", scopes=["read"], days=7).token


if __name__ == "__main__":
    in_children(main)
