"""Silent faults made loud, in every test: a name a template does not know, a list in no order, a page that writes."""

import re
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.handlers.base import BaseHandler
from django.db import connections
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    NamedValuesListIterable,
    QuerySet,
    ValuesIterable,
    ValuesListIterable,
)
from django.db.models.sql.compiler import SQLCompiler, SQLDeleteCompiler, SQLInsertCompiler, SQLUpdateCompiler
from django.http import HttpRequest
from django.template import Engine
from django.template.base import FilterExpression
from django.template.context import Context
from django.template.defaulttags import ForNode
from django.test.utils import CaptureQueriesContext

# Pages that write when they are only looked at: name of the address → why this one may.
GETS_THAT_WRITE: dict[str, str] = {
    "account_login": "the session forgets a step of signing in that was broken off",
    "mfa_authenticate": "the session holds the challenge that a passkey answers",
    "mfa_login_webauthn": "the session holds the challenge that a passkey answers",
    "people_directory": "the session holds what the directory's answer must fit",
    "openid_connect_callback": "the directory leads the browser back with its answer: the session begins here",
    "mfa_reauthenticate_webauthn": "the session holds the challenge that a passkey answers",
    "mfa_add_webauthn": "the session holds the challenge that a passkey answers",
    "mfa_activate_totp": "the session holds the secret until the app has shown a code",
    "mfa_view_recovery_codes": "the codes remember that they were shown",
    "mfa_download_recovery_codes": "the codes remember that they were shown",
    "account_reset_password_from_key": "the session takes the key out of the address",
}

# Rows that say no more than that somebody was here: how the statement begins → why it may be written by a GET.
MAY_BE_TOUCHED: dict[str, str] = {
    'UPDATE "people_accesstoken" SET "last_used_on"': "the day on which a program last showed its token",
}
_READS = re.compile(
    r"\s*(SELECT|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT|EXPLAIN|WITH(?!.*\b(INSERT|UPDATE|DELETE)\b))\b",
    re.IGNORECASE | re.DOTALL,
)
_PRODUCT = f"{settings.BASE_DIR}/kembar/"
_TESTS = f"{settings.BASE_DIR}/tests/"
_GET_LIMIT = 21  # what QuerySet.get() sets to see whether there is more than one


class UnknownTemplateVariable(AssertionError):
    """A template asks for something the view did not give."""


class UnorderedQuery(AssertionError):
    """The first rows of a list in no order: which rows come is the database's whim."""


class WriteOnGet(AssertionError):
    """A page that is only looked at changed the database."""


class ForeignWrite(AssertionError):
    """A table was written by something else than its own concept's actions."""


class _RaiseOnUse(str):
    """Django puts `string_if_invalid % name` where a variable is unknown."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        raise UnknownTemplateVariable(f"the template asks for {name!s}, which the view did not give")


@pytest.fixture(autouse=True, scope="session")
def _unknown_template_variables_fail() -> Iterator[None]:
    """`{{ nmae }}` and `{% for x in nmaes %}` fail; `{% if nmae %}` stays free, for parts with optional arguments."""
    for_render = ForNode.render

    def render(self: ForNode, context: Context) -> str:
        ours = str(getattr(self.origin, "name", "")).startswith(str(settings.BASE_DIR / "kembar"))
        if ours and isinstance(self.sequence, FilterExpression):
            self.sequence.resolve(context)  # strict, where the tag itself would take an unknown name for an empty list
        return for_render(self, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine.get_default(), "string_if_invalid", _RaiseOnUse("%s"))
        patch.setattr(ForNode, "render", render)
        yield


@pytest.fixture(autouse=True, scope="session")
def _queries_without_order_come_back_reversed() -> Iterator[None]:
    """A test then cannot lean on the order in which rows were written; taking the first few of them fails outright."""
    with pytest.MonkeyPatch.context() as patch:
        for iterable in (
            ModelIterable,
            ValuesIterable,
            ValuesListIterable,
            NamedValuesListIterable,
            FlatValuesListIterable,
        ):
            patch.setattr(iterable, "__iter__", _in_no_order(iterable.__iter__))
        yield


def _in_no_order(rows_of: Callable[[Any], Iterator[Any]]) -> Callable[[Any], Iterator[Any]]:
    def iterate(self: Any) -> Iterator[Any]:
        queryset: QuerySet[Any] = self.queryset
        if queryset.ordered or not queryset.model.__module__.startswith("kembar."):
            return rows_of(self)
        query = queryset.query
        if query.is_sliced and (query.low_mark, query.high_mark) != (0, _GET_LIMIT):
            raise UnorderedQuery(f"the first rows of {queryset.model.__name__} in no order: add order_by()")
        return iter(list(rows_of(self))[::-1])

    return iterate


def only_reads(sql: str) -> bool:
    return _READS.match(sql) is not None or sql.startswith(tuple(MAY_BE_TOUCHED))


@pytest.fixture(autouse=True, scope="session")
def _looking_at_a_page_changes_nothing() -> Iterator[None]:
    """GET and HEAD issue only SELECT, under the test client as under the live server."""
    get_response = BaseHandler.get_response

    def guarded(self: BaseHandler, request: HttpRequest) -> Any:
        if request.method not in {"GET", "HEAD"}:
            return get_response(self, request)

        here = threading.get_ident()

        def refuse_writes(
            execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
        ) -> Any:
            if threading.get_ident() != here:
                return execute(sql, params, many, context)  # SQLite in memory: test and live server share a connection
            match = request.resolver_match
            if not only_reads(sql) and (match is None or match.view_name not in GETS_THAT_WRITE):
                raise WriteOnGet(f"{request.method} {request.path} ran: {sql[:200]}")
            return execute(sql, params, many, context)

        with connections["default"].execute_wrapper(refuse_writes):
            return get_response(self, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseHandler, "get_response", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def _only_a_concepts_own_actions_write_its_tables() -> Iterator[None]:
    """What tests/guards/test_writes.py cannot read off the source: writes through an instance, a form, a cascade."""
    with pytest.MonkeyPatch.context() as patch:
        for compiler in (SQLInsertCompiler, SQLUpdateCompiler, SQLDeleteCompiler):
            patch.setattr(compiler, "as_sql", _checked(compiler.as_sql))
        yield


def _checked(as_sql: Callable[..., Any]) -> Callable[..., Any]:
    def checked(self: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        model = self.query.model
        if model is not None and model.__module__.startswith("kembar."):
            refuse_foreign_write(model._meta.app_label, model._meta.label)
        return as_sql(self, *args, **kwargs)

    return checked


def refuse_foreign_write(concept: str, table: str) -> None:
    """Walks out to the code of the product that writes: it must be, or have been called by, the concept's actions.

    A test sets up rows as it likes, and so does a migration; both are met first on the way out.
    """
    writer = ""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(_TESTS) and name != __file__:
            break
        if name.startswith(_PRODUCT):
            folder, *rest = name.removeprefix(_PRODUCT).split("/")
            if rest and rest[0] in {"tests", "migrations"}:
                break
            if folder == concept and rest and rest[0].split(".")[0] == "actions":
                return
            if folder not in {"lib", concept} or not rest:
                raise ForeignWrite(f"{name.removeprefix(_PRODUCT)} line {frame.f_lineno} writes {table}")
            writer = writer or f"{name.removeprefix(_PRODUCT)} line {frame.f_lineno}"
        frame = frame.f_back  # type: ignore[assignment]
    if writer and not writer.startswith("lib/"):
        raise ForeignWrite(f"{writer} writes {table} outside of its actions")


@pytest.fixture
def same_queries(client: Any) -> Callable[..., None]:
    """`same_queries("/en/bandung/partners/", add_row)`: the page costs as many queries with three rows as with one.

    `add_row()` makes one more row that the page shows; what the page kept of its last visit is thrown away before each.
    """

    def compare(address: str, add_row: Callable[[], object]) -> None:
        statements = []
        for rows in (1, 2):
            for _ in range(rows):
                add_row()
            for name in settings.CACHES:
                caches[name].clear()
            with CaptureQueriesContext(connections["default"]) as captured:
                answer = client.get(address)
            assert answer.status_code == 200
            statements.append([query["sql"] for query in captured.captured_queries])
        one, three = statements
        assert len(three) == len(one), "with three rows:\n" + "\n".join(three)

    return compare
