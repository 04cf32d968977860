"""Whole pages for anonymous visitors, kept in the memory of each worker and never stale.

A page is kept under its address (which holds its language), the office's own calendar day and the office's change
stamp. The stamp is read from the database for every request, so a change by any worker is seen by all with their next
request; what was kept under an older stamp is never asked for again and falls out as the least recently used.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from kembar.public.office import Reading, kept_reading
from kembar.web.packing import packed, takes_gzip

LONGEST_ADDRESS = 600
BIGGEST_PAGE = 300_000
GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]
# Headers that belong to one answer, not to the page.
NOT_KEPT = frozenset({"content-length", "etag", "vary", "set-cookie"})


@dataclass(frozen=True, slots=True)
class KeptPage:
    headers: tuple[tuple[str, str], ...]
    plain: bytes
    gzipped: bytes
    etag: str


def kept(view: View) -> View:
    """Marks a view whose answer depends on nothing but address, office-local day and change stamp."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.kembar_kept = True  # type: ignore[attr-defined]
        return response

    return answer


def cached_public_pages(get_response: GetResponse) -> GetResponse:
    """Stands near the top of the middleware, so that a kept page costs one small query and little else."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or _signed_in(request):
            return get_response(request)
        found = kept_reading(request.path_info)
        if found is not None:
            request.reading = found  # type: ignore[attr-defined]
            page = caches["pages"].get(_key(request, found))
            if page is not None:
                request.get_host()  # refuses a host name that is not ours, as the rest of the middleware would
                return _sent(request, page)
        response = get_response(request)
        found = getattr(request, "reading", None)
        page = _keepable(response) if isinstance(found, Reading) else None
        if page is None or found is None:
            return response
        if len(request.get_full_path()) <= LONGEST_ADDRESS:
            caches["pages"].set(_key(request, found), page, timeout=None)
        return _sent(request, page)

    return answer


def _key(request: HttpRequest, found: Reading) -> str:
    query = request.META.get("QUERY_STRING", "")
    text = f"{request.path_info}?{query} {found.today} {found.office.id} {found.stamp}"
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _signed_in(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.META.get("HTTP_COOKIE", "") or "HTTP_AUTHORIZATION" in request.META


def _keepable(response: HttpResponseBase) -> KeptPage | None:
    """The page of an answer that may be kept; None for errors, streams, giants and whatever sets a cookie."""
    if not isinstance(response, HttpResponse) or not getattr(response, "kembar_kept", False):
        return None
    if response.status_code != 200 or response.cookies:
        return None
    plain = response.content
    if len(plain) > BIGGEST_PAGE:
        return None
    return KeptPage(
        headers=tuple((name, value) for name, value in response.items() if name.lower() not in NOT_KEPT),
        plain=plain,
        gzipped=packed(plain),
        etag=f'W/"{hashlib.sha256(plain).hexdigest()[:20]}"',
    )


def _sent(request: HttpRequest, page: KeptPage) -> HttpResponse:
    unchanged = page.etag in request.META.get("HTTP_IF_NONE_MATCH", "")
    packs = takes_gzip(request)
    body = page.gzipped if packs else page.plain
    response = HttpResponse(b"" if unchanged or request.method == "HEAD" else body, status=304 if unchanged else 200)
    for name, value in page.headers:
        response.headers[name] = value
    response.headers["ETag"] = page.etag
    # Browsers may keep the page but ask each time: an answer of 304 costs next to nothing and is never stale.
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    if unchanged:
        del response.headers["Content-Type"]
        return response
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(body))
    return response
