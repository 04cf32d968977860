"""How much one caller may ask for in a minute.

Everything is counted in the memory of each worker, which costs nothing; what writes or has texts read also in the
database, for all workers together. Reading writes nothing, so for it the bound is one of each worker.
"""

from time import time as now

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from kembar.api.problems import Problem
from kembar.people.actions.limits import count_asked


def count(request: HttpRequest, *, weight: int = 1) -> None:
    """One more request of this token, or of this address where none was shown. Raises Problem 429."""
    program = getattr(request, "program", None)
    who = f"token.{program.token_id}" if program else f"address.{_address(request)}"
    minute, second = divmod(int(now()), 60)
    key = f"api.rate.{who}.{minute}"
    memory = caches["memory"]
    memory.add(key, 0, timeout=120)
    try:
        asked = memory.incr(key, weight)
    except ValueError:  # thrown out of the memory in between
        return
    if asked > settings.KEMBAR_API_PER_MINUTE:
        raise _too_much(60 - second)


def count_writing(request: HttpRequest, *, weight: int = 1) -> None:
    """One more request that writes, of a program that was let in; whichever worker takes it. Raises Problem 429."""
    who = f"token {request.program.token_id}"  # type: ignore[attr-defined]
    wait = count_asked(who, at=now(), most=settings.KEMBAR_API_PER_MINUTE, weight=weight)
    if wait:
        raise _too_much(wait)


def _too_much(wait: int) -> Problem:
    return Problem(429, headers={"Retry-After": str(wait)})


def _address(request: HttpRequest) -> str:
    """Behind proxies what they say of it (KEMBAR_PROXIES); all callers without one count together."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""
