"""Reading templates, cases and what they wait for."""

from kembar.procedure.queries.templates import (
    NoSuchTemplate,
    counterpart_for,
    newest,
    road_for,
    template,
    template_of,
    text_of,
    versions,
)

__all__ = [
    "NoSuchTemplate",
    "counterpart_for",
    "newest",
    "road_for",
    "template",
    "template_of",
    "text_of",
    "versions",
]
