"""How much one caller may ask for in a minute. Counted in the memory of each worker process: a bound, not a bill."""

from time import time as now

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
    minute, second = divmod(int(now()), 60)
    key = f"api.rate.{who}.{minute}"
    cache.add(key, 0, timeout=120)
    try:
        asked = cache.incr(key, weight)
    except ValueError:  # thrown out of the memory in between
        return
    if asked > settings.KEMBAR_API_PER_MINUTE:
        raise Problem(429, headers={"Retry-After": str(60 - second)})


def _address(request: HttpRequest) -> str:
    """Behind proxies what they say of it (KEMBAR_PROXIES); all callers without one count together."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""
