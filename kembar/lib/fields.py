"""Model fields for the values of `kembar.lib`."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from kembar.lib.dates import EdtfDate, UnreadableDate, on, parse_edtf

# [2017-12-31~..2018-01-31~] and some air.
_LONGEST = 32


def _read(value: Any) -> EdtfDate | None:
    if value is None or value == "":
        return None
    if isinstance(value, EdtfDate):
        return value
    if isinstance(value, str):
        return parse_edtf(value)
    if type(value) is date:
        return on(value)
    raise TypeError(f"neither an EdtfDate nor its text nor a day: {value!r}")


class _DateAttribute(DeferredAttribute):
    """Reads on assignment, so that the attribute is an EdtfDate or None from then on."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = _read(value)


class _BoundAttribute(DeferredAttribute):
    """Always the bound of the date beside it; what is assigned only tells Django that the column was loaded."""

    field: "EdtfBound"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        value = getattr(instance, self.field.of)
        return getattr(value, self.field.end) if value else None

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EdtfBound(models.DateField):  # type: ignore[type-arg]
    """The first or last possible day of the EdtfField named `of`; made by that field. `end` is earliest or latest."""

    descriptor_class = _BoundAttribute

    def __init__(self, *args: Any, of: str, end: str, **kwargs: Any) -> None:
        self.of, self.end = of, end
        super().__init__(*args, **{"null": True, "editable": False} | kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {"of": self.of, "end": self.end, **kwargs}


class EdtfField(models.Field):  # type: ignore[type-arg]
    """A date with its precision: EdtfDate or None ("not known") in Python, its EDTF text or NULL in the table.

    Takes an EdtfDate, an EDTF text or a `date`; raises UnreadableDate on assignment of any other text.

    Beside `signed` stand the nullable columns `signed_earliest` and `signed_latest`, for filter() and order_by();
    NULL is an open end or a date not known, and the two databases sort it to different ends: say nulls_last.
    In Python they always follow `signed`. In the table they follow with save(), create(), bulk_create(),
    get_or_create() and update_or_create(). Where columns are named one by one all three must be named: `columns`
    gives them for update(), its keys for save(update_fields=) and bulk_update(). Expressions are refused.
    """

    description = "A date with its precision (EDTF)"
    descriptor_class = _DateAttribute
    empty_strings_allowed = False

    def __init__(self, *args: Any, bounds: bool = True, **kwargs: Any) -> None:
        """`bounds=False` is for migrations and copies, where the bounds are fields of their own."""
        self._adds_bounds = bounds
        super().__init__(*args, **{"null": True, "blank": True, "max_length": _LONGEST} | kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if self._adds_bounds:
            # A copy of this field, for a child of an abstract model, comes along with copies of the bounds.
            self._adds_bounds = False
            for end in ("earliest", "latest"):
                EdtfBound(of=name, end=end).contribute_to_class(cls, f"{name}_{end}")

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs |= {"bounds": False, "null": self.null, "blank": self.blank}
        if self.max_length == _LONGEST:
            del kwargs["max_length"]
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        return "CharField"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> EdtfDate | None:
        return parse_edtf(value) if value else None

    def to_python(self, value: Any) -> EdtfDate | None:
        try:
            return _read(value)
        except UnreadableDate as unreadable:
            raise ValidationError(str(unreadable), code=unreadable.reason) from unreadable

    def get_prep_value(self, value: Any) -> Any:
        read = _read(super().get_prep_value(value))
        return read.edtf if read else None

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return value.edtf if value else ""


def columns(name: str, value: EdtfDate | None) -> dict[str, EdtfDate | date | None]:
    """The three columns of an EdtfField: `queryset.update(**columns("signed", value))`."""
    return {
        name: value,
        f"{name}_earliest": value.earliest if value else None,
        f"{name}_latest": value.latest if value else None,
    }
