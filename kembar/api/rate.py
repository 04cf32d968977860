"""How much one caller may ask for in a minute. Counted in the memory of each worker process: a bound, not a bill."""

import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from kembar.api.problems import Problem


def count(request: HttpRequest, *, weight: int = 1) -> None:
    """One more request of this token, or of this address where none was shown. Raises Problem 429."""
    program = getattr(request, "program", None)
    who = f"token.{program.token_id}" if program else f"address.{_address(request)}"
    now = time.time()
    key = f"api.rate.{who}.{int(now // 60)}"
    cache.add(key, 0, timeout=120)
    try:
        asked = cache.incr(key, weight)
    except ValueError:  # thrown out of the memory in between
        return
    if asked > settings.KEMBAR_API_PER_MINUTE:
        raise Problem(429, headers={"Retry-After": str(60 - int(now % 60))})


def _address(request: HttpRequest) -> str:
    """Behind proxies what they say of it (KEMBAR_PROXIES); all callers without one count together."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""
