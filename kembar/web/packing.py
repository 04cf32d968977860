"""Answers packed for the way, where whoever asked can unpack them."""

import gzip
import re

from django.http import HttpRequest

_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


def takes_gzip(request: HttpRequest) -> bool:
    return _GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) is not None


def packed(plain: bytes) -> bytes:
    """The same bytes in every worker: no moment of packing inside."""
    return gzip.compress(plain, compresslevel=6, mtime=0)
