"""Addresses of the API. Unlike those of pages they stand under no language and end without a slash."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, path, register_converter

from kembar.api import views
from kembar.api.operation import Operation, view_of
from kembar.api.v1.operations import OPERATIONS


class Number:
    """The number of a record; never longer than a database can hold."""

    regex = "[0-9]{1,15}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Number, "number")
_KINDS = {"id": "number"}


def _patterns() -> Iterator[URLPattern]:
    """One per address; operations on one address share a view and the name of the first."""
    by_path: dict[str, list[Operation]] = {}
    for operation in OPERATIONS:
        by_path.setdefault(operation.path, []).append(operation)
    for route, operations in by_path.items():
        written = re.sub(r"{(\w+)}", lambda found: f"<{_KINDS.get(found[1], 'slug')}:{found[1]}>", route)
        yield path(f"api/v1{written}", view_of(operations), name=f"api-{operations[0].name}")


# In each language: the description for people.
pages = [path("api/docs/", views.docs, name="api-docs")]
# In none: what programs ask.
urlpatterns = [path("api/v1/openapi.json", views.description, name="api-description"), *_patterns()]
