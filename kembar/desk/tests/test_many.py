"""An office with very many partners: names come light, and words are made for the rows that are shown."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from kembar.cities.models import Office
from kembar.desk.words import partner_name, partner_names
from kembar.partnerships.queries import files_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["id", "en", "ko", "zh-hans"])
def test_names_of_many_partners_are_the_names_of_each(bandung: Office, language: str) -> None:
    files = list(files_of(bandung.pk))
    with translation.override(language):
        assert partner_names(files) == {file.pk: partner_name(file) for file in files}


def test_names_of_many_partners_are_one_query(bandung: Office) -> None:
    files = list(files_of(bandung.pk))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(partner_names(files)) == len(files) > 20
    assert len(asked) == 1


@pytest.mark.parametrize("page", ["today", "partners", "commitments"])
def test_no_page_reads_every_spelling_of_every_partners_name(bandung: Office, client: Client, page: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(f"desk:{page}", kwargs={"office": "bandung"})).status_code == 200
    several = [query["sql"].partition("WHERE")[2] for query in asked if "localgovernmentname" in query["sql"]]
    assert [where for where in several if where.count(",") > 2 and "is_usual" not in where] == []
