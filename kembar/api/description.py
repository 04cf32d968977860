"""The description of every operation: OpenAPI 3.1 for programs, lines of a page for people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from kembar.access.permissions import SCOPE_PERMISSIONS, Permission, Scope
from kembar.api.fields import Field, Shape
from kembar.api.operation import Operation
from kembar.api.problems import KINDS, MEDIA_TYPE
from kembar.api.shapes import TEXT, WHOLE, many, record

PROBLEM = record(
    "Problem",
    "What is answered instead of what was asked (RFC 9457). `detail` is written in the language of Accept-Language.",
    type=TEXT, title=TEXT, status=WHOLE, detail=TEXT, instance=TEXT,
    errors=many({
        "type": "object", "required": ["where", "detail"], "additionalProperties": False,
        "properties": {"where": {**TEXT, "description": "A JSON pointer into the body, or ?parameter."},
                       "detail": TEXT, "code": TEXT},
    }),
)  # fmt: skip
PROBLEM["required"] = ["type", "title", "status", "detail", "instance"]
GROUPS: dict[str, str | Promise] = {
    "partnerships": gettext_lazy("The register"),
    "agreements": gettext_lazy("Papers"),
    "events": gettext_lazy("Events"),
    "lead-times": gettext_lazy("Length of the road"),
    "commitments": gettext_lazy("Promises"),
    "sources": gettext_lazy("Sources"),
    "claims": gettext_lazy("What sources say"),
    "readings": gettext_lazy("The reader"),
    "cities": gettext_lazy("Cities of the world"),
    "offices": gettext_lazy("Offices"),
}
ALWAYS = (400, 401, 404, 405, 422, 429)
_CONDITIONAL = {
    name: {"description": about, "schema": TEXT}
    for name, about in (
        ("ETag", "Send it back in If-None-Match: the answer is 304 while nothing has changed."),
        ("Last-Modified", "When the office last changed something, or its day began."),
    )
}


def openapi(operations: Sequence[Operation], *, site: str) -> dict[str, Any]:
    """The document at /api/v1/openapi.json, in English whoever asks."""
    with translation.override("en"):
        paths: dict[str, dict[str, Any]] = {}
        for operation in operations:
            paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
        shapes: dict[str, Shape] = {}
        hoisted = _hoisted({"paths": paths, "problem": PROBLEM}, shapes)
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "Kembar", "version": "1",
                "summary": "The register of a city's international cooperation, for other programs.",
                "description": f"For people: {site}/api/docs/. Data is in codes and in every language of the site; "
                "only problems are written in the language of Accept-Language. Fields may be added in this version.",
            },
            "servers": [{"url": f"{site}/api/v1"}],
            "tags": [{"name": name, "description": str(label)} for name, label in GROUPS.items()],
            "paths": hoisted["paths"],
            "components": {
                "schemas": dict(sorted(shapes.items())),
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer",
                                              "description": "An access token, made on one's account page."}},
            },
        }  # fmt: skip


def _operation(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.group],
        "summary": str(operation.summary),
        "security": [{"token": []}] if operation.entry.permission else [{}, {"token": []}],
        "parameters": [
            *({"name": name, "in": "path", "required": True, "schema": _of_path(name)}
              for name in operation.parameters),
            *({"name": field.name, "in": "query", "required": field.required, "description": str(field.about),
               "schema": field.shape()} for field in operation.query),
        ],
        "responses": {
            **{str(status): _success(operation, status) for status in operation.statuses},
            **{str(status): _problem(status) for status in sorted({*ALWAYS, *_beyond(operation)})},
        },
    }  # fmt: skip
    if operation.entry.permission:
        described["description"] = f"Needs a token with the scope {' or '.join(_scopes(operation.entry.permission))}."
    if operation.writes:
        described["requestBody"] = {
            "required": True, "content": {"application/json": {"schema": body_shape(operation)}}
        }  # fmt: skip
    return described


def _beyond(operation: Operation) -> tuple[int, ...]:
    return (*operation.problems, 413, 415) if operation.writes else operation.problems


def body_shape(operation: Operation) -> Shape:
    return {
        "type": "object",
        "properties": {
            field.name: {**field.shape(), "description": str(field.about)} for field in operation.body
        },
        "required": [field.name for field in operation.body if field.required and not operation.partly],
        "additionalProperties": False,
    }  # fmt: skip


def _of_path(name: str) -> Shape:
    if name == "id":
        return {"type": "integer", "minimum": 0, "maximum": 10**15 - 1}
    return {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "maxLength": 80}


def _success(operation: Operation, status: int) -> dict[str, Any]:
    said = {200: "What was asked for, or what is on file now.", 201: "Entered; Location says where it is."}[status]
    headers = {} if operation.writes else _CONDITIONAL
    return {"description": said, "headers": headers, "content": {"application/json": {"schema": operation.shape}}}


def _problem(status: int) -> dict[str, Any]:
    return {"description": str(KINDS[status][1]), "content": {MEDIA_TYPE: {"schema": PROBLEM}}}


def _hoisted(value: Any, shapes: dict[str, Shape]) -> Any:
    """Every shape with a title stands once under the components, and is pointed to."""
    if isinstance(value, list):
        return [_hoisted(one, shapes) for one in value]
    if not isinstance(value, dict):
        return value
    inner = {name: _hoisted(one, shapes) for name, one in value.items()}
    if isinstance(title := value.get("title"), str) and "type" in value:
        shapes[title] = {name: one for name, one in inner.items() if name != "title"}
        return {"$ref": f"#/components/schemas/{title}"}
    return inner


def _scopes(permission: Permission) -> list[str]:
    return [scope.value for scope, held in SCOPE_PERMISSIONS.items() if permission in held]


@dataclass(frozen=True, slots=True)
class Line:
    """An operation as the page shows it. `scope` is empty where everyone may."""

    name: str
    method: str
    path: str
    summary: str | Promise
    scope: str
    fields: list[tuple[str, str, bool, str | Promise]]  # name, kind, must be given, what for
    example: str


@dataclass(frozen=True, slots=True)
class Group:
    slug: str
    label: str | Promise
    lines: list[Line]


def groups(operations: Iterable[Operation], *, site: str) -> list[Group]:
    lines: dict[str, list[Line]] = {slug: [] for slug in GROUPS}
    for operation in operations:
        permission = operation.entry.permission
        lines[operation.group].append(
            Line(
                name=operation.name, method=operation.method, path=f"/api/v1{operation.path}",
                summary=operation.summary, scope=" / ".join(_scopes(permission)) if permission else "",
                fields=[_field(field) for field in (*operation.query, *operation.body)],
                example=_example(operation, site),
            )
        )  # fmt: skip
    return [Group(slug, GROUPS[slug], found) for slug, found in lines.items()]


def _field(field: Field) -> tuple[str, str, bool, str | Promise]:
    shape = field.shape()
    kind = shape.get("format") or shape["type"]
    if "enum" in shape:
        kind = ", ".join(shape["enum"])
    return field.name, kind, field.required, field.about


def _example(operation: Operation, site: str) -> str:
    path = operation.path.replace("{id}", "7").replace("{partner}", "suwon")
    if not operation.writes:
        needed = "&".join(f"{field.name}=suwon" for field in operation.query if field.required)
        return f"curl '{site}/api/v1{path}{'?' if needed else ''}{needed}'"
    return (
        f"curl -X {operation.method} '{site}/api/v1{path}' -H \"Authorization: Bearer $TOKEN\" "
        "-H 'Content-Type: application/json' -d @body.json"
    )


def problem_lines() -> list[tuple[int, str, str | Promise, str | Promise]]:
    """(status, the end of its address, its title, what it says) of every problem."""
    return [(status, slug, title, usual) for status, (slug, title, usual) in KINDS.items()]


def scope_lines() -> list[tuple[str, str]]:
    return [(scope.value, str(capfirst(scope.label))) for scope in Scope]
