"""The public register at size: CPU per page against the empty view, queries, weight on the wire, memory."""

import gzip
import re
import resource
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.frame import Site, in_children, line, milliseconds


def main(name: str, address: str) -> None:
    from django.db import connection, reset_queries

    from bench import large
    from kembar.cities.queries import search
    from kembar.journal.actions import touch
    from kembar.partnerships.models import Partnership

    office = large.build()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    site = Site()
    partner = f"/bandung/partners/{Partnership.objects.filter(office=office).order_by('slug')[40].slug}/"
    claims = large.CLAIMS_EACH * large.PARTNERSHIPS
    print(f"{name}: {large.GOVERNMENTS} local governments, {large.PARTNERSHIPS} partnerships, {claims} claims")
    for path in ("/", partner):
        status, _ = site.get(path)
        assert status.startswith("200"), (path, status)

    def uncached(path: str) -> None:
        touch(office_id=office.pk)
        site.get(path)

    empty = milliseconds(lambda: site.get("/empty/"), times=300)
    touched = milliseconds(lambda: touch(office_id=office.pk), times=100)
    print(f"  {'the empty view, whole middleware':<46}{empty:8.3f} ms")
    cached_list = milliseconds(lambda: site.get("/"), times=300)
    cached_page = milliseconds(lambda: site.get(partner), times=300)
    line("public list, kept", cached_list, empty, "2 at most (half its throughput)")
    line("partner page, kept", cached_page, empty, "2 at most")
    line("public list, made anew", milliseconds(lambda: uncached("/"), times=10) - touched, empty, "25 at most")
    line("partner page, made anew", milliseconds(lambda: uncached(partner), times=20) - touched, empty, "20 at most")
    names = ["Bandung", "중국", "南宁", "san", "waru"]
    search("Bandung")
    line(
        "name search over the world",
        statistics.mean(milliseconds(lambda n=n: search(n), times=20) for n in names),
        empty,
        "10 at most",
    )
    connection.force_debug_cursor = True
    for what, path, most in (("public list", "/", 8), ("partner page", partner, 12)):
        touch(office_id=office.pk)
        reset_queries()
        site.get(path)
        print(f"  {what + ', queries':<46}{len(connection.queries):8d}     aim: {most} at most")
    connection.force_debug_cursor = False
    weight(site)
    print(f"  {'memory of this one process, MB':<46}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:8d}")


def weight(site: Site) -> None:
    """The list with all it loads, as a browser that takes gzip gets it."""
    _, body = site.get("/")
    html = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    page = html.decode()
    loaded = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    sizes = [len(body)] + [len(gzip.compress(site.get(path)[1])) for path in sorted(loaded)]
    aims = f"aim: 60 at most, {len(sizes)} requests, aim: 8 at most"
    print(f"  {'weight of the list on the wire, KB':<46}{sum(sizes) / 1024:8.1f}     {aims}")


if __name__ == "__main__":
    in_children(main)
