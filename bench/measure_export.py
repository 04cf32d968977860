"""The export of 60,000 claims of one office, in each form: CPU against streaming the same rows and nothing more."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.frame import Visitor, analyze, in_children
from bench.measure_desk import signed_in


def main(name: str, address: str) -> None:
    from bench import large
    from kembar.sources.models import Claim

    large.GOVERNMENTS, large.PARTNERSHIPS, large.CLAIMS_EACH, large.OFFICES = 101, 100, 600, 1
    _, cookie = signed_in(large.build())
    analyze()
    visitor = Visitor(cookie)
    begun = time.process_time()
    rows = sum(1 for _ in Claim.objects.order_by("id").values_list().iterator())
    floor = time.process_time() - begun
    print(f"{name}: {rows} claims; plain streaming of their rows {floor:.2f} s")
    for form in ("csv", "json", "xlsx"):
        clock, begun = time.monotonic(), time.process_time()
        status, body = visitor.site.get(f"/en/bandung/desk/claims.{form}", headers=visitor.headers)
        assert status.startswith("200"), status
        cost, waited = time.process_time() - begun, time.monotonic() - clock
        print(f"  {form:<6}{cost:8.2f} s CPU ({waited:.0f} by the clock){cost / floor:8.1f} times streaming", end="")
        print(f", {len(body) // 1024} KB", flush=True)


if __name__ == "__main__":
    in_children(main)
