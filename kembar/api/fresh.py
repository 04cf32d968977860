"""Conditional requests: an answer is good until the office changes something or its day is over, and says so.

The tag is made of the office's change stamp (docs/decisions/0005), so that "unchanged" costs two small queries and no
answer; what everyone may read is kept in the memory of the worker under it.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from kembar.journal.queries import SHARED_BY_ALL, change_stamp, last_change
from kembar.web.packing import packed, takes_gzip

if TYPE_CHECKING:
    from kembar.api.operation import Call, Operation

BIGGEST = 300_000
SMALLEST = 500  # what is smaller gains nothing by being packed
LONGEST_ADDRESS = 600


def answered(call: "Call", operation: "Operation", make: Callable[[], HttpResponse]) -> HttpResponse:
    """What was asked for, or that it has not changed since."""
    open_to_all = call.by.person_id is None
    stamp = _stamp(call) if operation.of_an_office else change_stamp(office_id=SHARED_BY_ALL)
    office = call.office if operation.of_an_office else None
    etag = _tag(call, stamp, day=office.today().isoformat() if office else "")
    kept = caches["pages"].get(f"api.{etag}") if open_to_all else None
    if kept is None:
        response = make() if _must_be_made(call, etag) else HttpResponse(content_type="application/json")
        changed = _changed(office.pk, office.local_government.time_zone) if office else None
        if open_to_all and response.content and len(response.content) < BIGGEST and _is_short(call):
            kept = (response.content, packed(response.content), response.headers.get("Link"), changed)
            caches["pages"].set(f"api.{etag}", kept, timeout=None)
    else:
        body, _, link, changed = kept
        response = HttpResponse(body, content_type="application/json")
        if link:
            response.headers["Link"] = link
    answer = _with_conditions(call, response, etag=etag, changed=changed, open_to_all=open_to_all)
    return _packed(call, answer, ready=kept[1] if kept else b"")


def _stamp(call: "Call") -> str:
    """The change stamp of the office that is asked about. The office itself is kept for as long as nothing changes that
    all offices share, as for the pages: one query where this process knows it."""
    key = f"api.office.{call.given.get('office') or settings.KEMBAR_HOME_OFFICE}"
    kept_under, known = ("", None) if call.by.person_id is not None else caches["memory"].get(key) or ("", None)
    if known is not None:
        stamp = change_stamp(office_id=known.pk)
        if stamp.partition(".")[0] == kept_under:
            call.office = known
            return stamp
    # Read before the office: what is kept is never older than the stamp it is kept under.
    shared = change_stamp(office_id=SHARED_BY_ALL).partition(".")[0]
    office = call.office
    if call.by.person_id is None:
        caches["memory"].set(key, (shared, office), timeout=None)
    return change_stamp(office_id=office.pk)


def _with_conditions(
    call: "Call", response: HttpResponse, *, etag: str, changed: datetime | None, open_to_all: bool
) -> HttpResponse:
    seconds = int(changed.timestamp()) if changed else None
    conditional = get_conditional_response(call.request, etag=etag, last_modified=seconds, response=response)
    answer = conditional if isinstance(conditional, HttpResponse) else response
    answer.headers["ETag"] = etag
    if seconds is not None:
        answer.headers["Last-Modified"] = http_date(seconds)
    answer.headers["Cache-Control"] = "no-cache" if open_to_all else "private, no-cache"
    patch_vary_headers(answer, ["Authorization"])
    return answer


def _packed(call: "Call", answer: HttpResponse, *, ready: bytes) -> HttpResponse:
    patch_vary_headers(answer, ["Accept-Encoding"])
    if answer.status_code == 200 and len(answer.content) >= SMALLEST and takes_gzip(call.request):
        answer.content = ready or packed(answer.content)
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _tag(call: "Call", stamp: str, *, day: str) -> str:
    rights = sorted(str(one) for one in call.by.only or ()) if call.by.person_id is not None else ["everyone"]
    roles = sorted(f"{office}{sorted(held)}" for office, held in call.by.roles.items())
    text = f"{call.request.get_full_path()} {stamp} {day} {rights} {roles}"
    return f'W/"{hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:24]}"'


def _must_be_made(call: "Call", etag: str) -> bool:
    return etag not in call.request.META.get("HTTP_IF_NONE_MATCH", "")


def _is_short(call: "Call") -> bool:
    return len(call.request.get_full_path()) <= LONGEST_ADDRESS


def _changed(office_id: int, zone: str) -> datetime | None:
    """The last change of the register, or the beginning of the office's day where that is later: legal states may
    have changed with it. None within two seconds of a change: another may follow in the same second."""
    last = last_change(office_id=office_id)
    midnight = timezone.now().astimezone(ZoneInfo(zone or "UTC")).replace(hour=0, minute=0, second=0, microsecond=0)
    changed = max(last, midnight) if last else midnight
    return changed if timezone.now() - changed > timedelta(seconds=2) else None
