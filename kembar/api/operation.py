"""One operation of the API, declared once: its address, who may, what it takes and gives. The view and the
description (OpenAPI) are both made from it."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from kembar.access.permissions import Actor, NotAllowed, Permission, may
from kembar.api import fresh, rate
from kembar.api.fields import Field, Shape, Text, Whole, read_body, read_query
from kembar.api.problems import Fault, Problem, Refused, invalid, language_of
from kembar.cities import queries as cities
from kembar.web.entry import Entry, actor_of

REALM = 'Bearer realm="Kembar"'
OFFICE = Text(
    name="office",
    about=gettext_lazy("The short name of an office. Without it the office of the token, else the home office."),
    longest=40,
    pattern="[a-z0-9-]+",
)
PAGE = Whole(name="page", about=gettext_lazy("Which page of the list."), least=1, most=100_000, empty=1)
SIZE = Whole(name="size", about=gettext_lazy("How many items a page has."), least=1, most=100, empty=50)
PAGING: tuple[Field, ...] = (PAGE, SIZE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation gives back when the status or a header says more than the body."""

    data: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Call:
    """One call of an operation: who asks for what, already read and checked."""

    request: HttpRequest
    given: dict[str, Any]
    body: dict[str, Any]
    path: dict[str, Any]
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def by(self) -> Actor:
        return actor_of(self.request)

    @cached_property
    def office(self) -> cities.Office:
        """The office that is asked about. Raises Problem 422 where there is none of that name."""
        slug, own = self.given.get("office", ""), getattr(self.request, "office", None)
        if own is not None and slug in ("", own.slug):
            return own  # type: ignore[no-any-return]
        try:
            return cities.office(slug or settings.KEMBAR_HOME_OFFICE)
        except cities.NoSuchOffice:
            raise invalid([Fault("?office", gettext("There is no such office here."))]) from None

    @cached_property
    def today(self) -> date:
        return self.office.today()

    def may(self, permission: Permission) -> bool:
        return may(self.by, permission, office_id=self.office.pk)

    @property
    def bounds(self) -> slice:
        """Rows to fetch: one more than is shown tells whether another page follows, without a count."""
        start = (self.given["page"] - 1) * self.given["size"]
        return slice(start, start + self.given["size"] + 1)

    def page(self, rows: Sequence[Any], shown: Callable[[Sequence[Any]], list[Any]]) -> dict[str, Any]:
        """The page of a list; `rows` are what `bounds` fetched, `shown` makes items of those that are shown."""
        number, size = self.given["page"], self.given["size"]
        after = self._at(number + 1) if len(rows) > size else None
        self.links = [("first", self._at(1))]
        self.links += [("prev", self._at(number - 1))] if number > 1 else []
        self.links += [("next", after)] if after else []
        return {"items": shown(rows[:size]), "page": number, "next": after}

    def _at(self, number: int) -> str:
        asked = {name: value for name, value in self.request.GET.items() if name != "page"}
        asked |= {"page": str(number)} if number > 1 else {}
        return f"{settings.KEMBAR_SITE_ADDRESS}{self.request.path}" + (f"?{urlencode(asked)}" if asked else "")


@dataclass(frozen=True, kw_only=True)
class Operation:
    """`path` as OpenAPI writes it, without /api/v1; `problems` are those beyond 400, 401, 404, 405, 429 and 422."""

    name: str
    method: str = "GET"
    path: str
    group: str
    summary: str | Promise
    entry: Entry
    run: Callable[[Call], Any]
    query: tuple[Field, ...] = ()
    body: tuple[Field, ...] = ()
    partly: bool = False  # only the fields that change are sent
    shape: Shape
    statuses: tuple[int, ...] = (200,)
    problems: tuple[int, ...] = ()
    of_an_office: bool = True
    weight: int = 1

    @property
    def writes(self) -> bool:
        return self.method != "GET"

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)


def open_to_all(reason: str) -> Entry:
    return Entry(permission=None, reason=reason, by_token=True)


def by_token(permission: Permission) -> Entry:
    return Entry(permission=permission, by_token=True)


def view_of(operations: Sequence[Operation]) -> Callable[..., HttpResponseBase]:
    """The view of one address: what is written over its door says who may do what there, method by method."""
    by_method = {operation.method: operation for operation in operations}
    first = operations[0]

    def view(request: HttpRequest, **path: Any) -> HttpResponseBase:
        with translation.override(language_of(request)):
            operation = by_method.get("GET" if request.method == "HEAD" else str(request.method))
            if operation is None:
                raise Refused(405, headers={"Allow": allowed(by_method)})
            rate.count(request, weight=operation.weight)
            _door(request, operation.entry)
            if operation.writes:
                rate.count_writing(request, weight=operation.weight)
            response = _answered(request, operation, path)
            if request.method == "HEAD":
                response.headers["Content-Length"] = str(len(response.content))
                response.content = b""
            return response

    entries = {method: operation.entry for method, operation in by_method.items()}
    view.entry = Entry(  # type: ignore[attr-defined]
        permission=first.entry.permission, reason=first.entry.reason, by_token=True, by_method=entries
    )
    view.allow = allowed(by_method)  # type: ignore[attr-defined]
    # No cookie counts here, so no other site can borrow one.
    view.csrf_exempt = True  # type: ignore[attr-defined]
    return view


def allowed(by_method: Mapping[str, Operation]) -> str:
    return ", ".join(sorted({*by_method, *({"HEAD"} if "GET" in by_method else ())}))


def _door(request: HttpRequest, entry: Entry) -> None:
    if getattr(request, "wrong_token", False):
        detail = gettext("The access token shown is not valid: it may have run out, or been revoked.")
        raise Refused(401, detail, headers={"WWW-Authenticate": f'{REALM}, error="invalid_token"'})
    if entry.permission is None:
        return
    if actor_of(request).person_id is None:
        raise Refused(401, headers={"WWW-Authenticate": REALM})
    if not may(actor_of(request), entry.permission, office_id=getattr(request, "office_id", None)):
        raise Refused(403, headers={"WWW-Authenticate": f'{REALM}, error="insufficient_scope"'})


def _answered(request: HttpRequest, operation: Operation, path: dict[str, Any]) -> HttpResponse:
    given = read_query(operation.query, request.GET)
    body = read_body(operation.body, _json(request), partly=operation.partly) if operation.writes else {}
    call = Call(request=request, given=given, body=body, path=path)
    try:
        if operation.writes:
            return _sent(call, operation.run(call))
        return fresh.answered(call, operation, lambda: _sent(call, operation.run(call)))
    except NotAllowed:
        raise Refused(403, headers={"WWW-Authenticate": f'{REALM}, error="insufficient_scope"'}) from None


def _sent(call: Call, result: Any) -> HttpResponse:
    answer = result if isinstance(result, Answer) else Answer(result)
    text = json.dumps(answer.data, ensure_ascii=False)
    response = HttpResponse(text, content_type="application/json", status=answer.status)
    for name, value in answer.headers.items():
        response.headers[name] = value
    if call.links:
        response.headers["Link"] = ", ".join(f'<{href}>; rel="{relation}"' for relation, href in call.links)
    response.headers["Cache-Control"] = "no-store"
    return response


def _json(request: HttpRequest) -> Any:
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if request.content_type != "application/json" or charset != "utf-8":
        raise Problem(415)
    try:
        return json.loads(request.body.decode("utf-8"), parse_constant=_refuse)
    except RequestDataTooBig:
        raise Problem(413) from None
    except RecursionError:
        raise Problem(400, gettext("The body is nested too deeply.")) from None
    except (ValueError, UnreadablePostError):
        raise Problem(400, gettext("The body is not JSON in UTF-8.")) from None


def _refuse(word: str) -> None:
    raise ValueError(word)
