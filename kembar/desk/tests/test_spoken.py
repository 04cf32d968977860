"""The desk speaks the reader's language where a text exists in it, and what was written is one click away."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kembar.access.permissions import SYSTEM
from kembar.agreements.actions import Source, record_event
from kembar.agreements.models import Approval
from kembar.cities.models import Office
from kembar.languages.actions import write_original
from kembar.partnerships.models import Event, Partnership
from kembar.sources.actions import DocumentFacts
from kembar.sources.models import Claim

pytestmark = pytest.mark.django_db
EXCHANGE = {"": "pertukaran pelajar", "/ko": "학생 교류", "/zh": "学生交流"}


def page(client: Client, name: str, prefix: str = "", **parts: object) -> str:
    address = reverse(f"desk:{name}", kwargs={"office": "bandung", **parts})
    return client.get(prefix + address).content.decode()


def original(words: str, language: str = "") -> str:
    summary = {"": "Sebagaimana ditulis", "/en": "As it was written", "/ko": "원래 쓰인 대로", "/zh": "原文所写"}[
        language
    ]
    return f'<details class="original"><summary>{summary}</summary><p>{words}</p></details>'


@pytest.mark.parametrize("prefix", EXCHANGE)
def test_an_event_is_told_in_the_language_of_the_page_with_its_own_words_beside(
    bandung: Office, client: Client, prefix: str
) -> None:
    text = page(client, "partner", prefix, partner="cotabato")
    assert text.count(EXCHANGE[prefix].capitalize()) > 0
    assert text.count(original("student exchange", prefix)) == 2  # the event, and the statement it rests on


def test_where_the_words_are_the_readers_own_nothing_is_said_twice(bandung: Office, client: Client) -> None:
    text = page(client, "partner", "/en", partner="cotabato")
    assert (text.count("Student exchange") > 0, text.count('class="original"')) == (True, 0)


def test_fields_of_cooperation_are_told_and_kept_as_written(bandung: Office, client: Client) -> None:
    row = Approval.objects.get(partnership__slug="melbourne", kind="council_plenary")
    text = page(client, "partner", "/ko", partner="melbourne")
    assert text.count("스마트시티") > 0
    assert text.count(original("smart city · economy · human-resource capacity · child-friendly city · startup", "/ko"))
    assert f'id="approval-{row.pk}"' in text


def test_a_decisions_reason_is_told_in_every_list_of_claims(bandung: Office, client: Client) -> None:
    claim = Claim.objects.filter(reason__startswith="two sources, two days").order_by("pk")[0]
    beside = original(claim.reason.replace("'", "&#x27;"), "/ko")
    for name, parts in (
        ("partner", {"partner": "suwon"}), ("claims", {}), ("contradictions", {}),
        ("document", {"number": claim.document_id}), ("decide", {"claim": claim.pk}),
    ):  # fmt: skip
        assert (name, beside in page(client, name, "/ko", **parts)) == (name, True)  # type: ignore[arg-type]


def test_a_text_that_exists_in_another_language_only_is_marked_with_it_and_never_inside_a_choice(
    bandung: Office, suwon: Partnership, client: Client
) -> None:
    said = Source(facts=DocumentFacts(title="Antara"))
    record_event(by=SYSTEM, partnership=suwon, kind="visit", source=said, values={"title": "<방문>", "date": "2001"})
    key = Event.objects.get(title="<방문>").key
    write_original("<방문>", by=SYSTEM, subject=key, field="title", language="ko", office_id=bandung.pk)
    text = page(client, "partner", "/en", partner="suwon")
    assert text.count('<span lang="ko">&lt;방문&gt;</span>') > 0
    assert text.count("&amp;lt;") + text.count("&lt;span") == 0
    attach = page(client, "attach", "/en", partner="suwon")
    assert (attach.count("&lt;방문&gt;"), attach.count("<span lang")) == (1, 0)


def test_more_texts_cost_no_more_queries(
    bandung: Office, suwon: Partnership, client: Client, same_queries: Callable[..., None]
) -> None:
    years = iter(range(1980, 1990))

    def more() -> None:
        year = str(next(years))
        said = Source(facts=DocumentFacts(title="Antara"))
        event = record_event(by=SYSTEM, partnership=suwon, kind="visit", source=said,
                             values={"title": f"Visit {year}", "date": year})  # fmt: skip
        write_original(f"Visit {year}", by=SYSTEM, subject=event.key, field="title", language="en",
                       office_id=bandung.pk)  # fmt: skip

    same_queries(reverse("desk:partner", kwargs={"office": "bandung", "partner": "suwon"}), more)
    same_queries(reverse("desk:claims", kwargs={"office": "bandung"}), more)
