from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.serializer import serializer_factory
from django.db.migrations.state import ModelState, ProjectState
from django.test.utils import isolate_apps

from kembar.lib.dates import UnreadableDate, parse_edtf
from kembar.lib.fields import EdtfField, columns

pytestmark = pytest.mark.django_db(transaction=True)


def _paper() -> type[models.Model]:
    class Dated(models.Model):
        signed = EdtfField()

        class Meta:
            app_label = "web"
            abstract = True

    class Paper(Dated):
        title = models.CharField(max_length=20, default="")
        ends = EdtfField(null=False, blank=False, default="[2024..]")

        class Meta:
            app_label = "web"

    return Paper


@pytest.fixture
def papers() -> Iterator[Any]:
    with isolate_apps("kembar.web"):
        paper = _paper()
        with connection.schema_editor() as editor:
            editor.create_model(paper)
        try:
            yield paper._default_manager
        finally:
            with connection.schema_editor() as editor:
                editor.delete_model(paper)


def stored(papers: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT signed, signed_earliest, signed_latest FROM web_paper ORDER BY id")
        return [tuple(cell if cell is None else str(cell) for cell in row) for row in cursor.fetchall()]


BY_THEN = ("[..2024-04-24]", None, "2024-04-24")
MONTH = ("2025-03", "2025-03-01", "2025-03-31")
NOTHING = (None, None, None)


def test_a_saved_date_comes_back_and_fills_its_bounds(papers):
    paper = papers.create(signed="2025-03")
    papers.create(signed=parse_edtf("[..2024-04-24]"))
    papers.create()
    assert stored(papers) == [MONTH, BY_THEN, NOTHING]
    again = papers.get(pk=paper.pk)
    assert (again.signed, again.signed_earliest) == (parse_edtf("2025-03"), date(2025, 3, 1))
    assert again.ends == parse_edtf("[2024..]")


def test_bounds_follow_when_the_date_changes(papers):
    paper = papers.create(signed="2020")
    paper.signed = date(2025, 3, 25)
    assert (paper.signed_earliest, paper.signed_latest) == (date(2025, 3, 25), date(2025, 3, 25))
    paper.save()
    assert stored(papers) == [("2025-03-25", "2025-03-25", "2025-03-25")]
    paper.signed = ""
    paper.save()
    assert stored(papers) == [NOTHING]


def test_bounds_follow_in_bulk_and_by_named_columns(papers):
    papers.bulk_create([papers.model(signed="2020"), papers.model(signed="2021"), papers.model(signed="2022")])
    first, second, third = papers.order_by("pk")
    papers.filter(pk=first.pk).update(**columns("signed", parse_edtf("2025-03")))
    second.signed = "[..2024-04-24]"
    second.save(update_fields=list(columns("signed", None)))
    third.signed = None
    papers.bulk_update([third], list(columns("signed", None)))
    assert stored(papers) == [MONTH, BY_THEN, NOTHING]
    papers.update_or_create(pk=third.pk, defaults={"signed": parse_edtf("2025-03")})
    assert stored(papers) == [MONTH, BY_THEN, MONTH]


def test_dates_are_found_and_ordered_by_their_bounds(papers):
    for text in ("2025-03", "[..2024-04-24]", None, "2024"):
        papers.create(signed=text)
    by_first_day = papers.order_by(models.F("signed_earliest").asc(nulls_last=True), "pk")
    assert [str(paper.signed) for paper in by_first_day] == ["2024", "2025-03", "[..2024-04-24]", "None"]
    assert [str(p.signed) for p in papers.filter(signed_latest__lte=date(2024, 12, 31)).order_by("pk")] == [
        "[..2024-04-24]",
        "2024",
    ]
    assert papers.filter(signed=parse_edtf("2025-03")).count() == 1
    assert papers.filter(signed__isnull=True).count() == 1
    assert list(papers.filter(signed="2024").values_list("signed", "signed_latest")) == [
        (parse_edtf("2024"), date(2024, 12, 31))
    ]


def test_a_bound_of_a_date_not_loaded_is_loaded(papers):
    papers.create(signed="2025-03")
    assert papers.only("title").get().signed_latest == date(2025, 3, 31)


def test_what_is_no_date_is_refused_before_the_table_sees_it(papers):
    with pytest.raises(UnreadableDate):
        papers.model(signed="31 Mei")
    with pytest.raises(TypeError):
        papers.model(signed=2025)
    with pytest.raises(ValidationError) as refused:
        papers.model._meta.get_field("signed").clean("2025-02-31", None)
    assert refused.value.code == "no_such_day"
    papers.model(title="MoU", signed="2025-03").full_clean()


def test_a_migration_writes_the_three_columns_once_and_sees_no_change_afterwards(papers):
    state = ModelState.from_model(papers.model)
    assert list(state.fields) == ["id", "signed", "signed_earliest", "signed_latest", "title", "ends", *ENDS]
    project = ProjectState()
    project.add_model(state)
    rendered = project.apps.get_model("web", "Paper")
    assert [field.name for field in rendered._meta.local_fields] == list(state.fields)
    after = ProjectState()
    after.add_model(ModelState.from_model(rendered))
    assert MigrationAutodetector(project, after)._detect_changes() == {}
    written, _ = serializer_factory(state.fields["ends"]).serialize()
    assert written == "kembar.lib.fields.EdtfField(blank=False, bounds=False, default='[2024..]', null=False)"
    assert rendered(signed="2025-03").signed_latest == date(2025, 3, 31)


ENDS = ["ends_earliest", "ends_latest"]


def test_the_table_may_be_altered(papers):
    papers.create(signed="2025-03")
    changed = models.CharField(max_length=40, default="")
    changed.set_attributes_from_name("title")
    changed.model = papers.model
    with connection.schema_editor() as editor:
        editor.alter_field(papers.model, papers.model._meta.get_field("title"), changed)
    assert stored(papers) == [MONTH]
