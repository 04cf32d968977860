"""Every page: its language from its address, the switch, mistakes in words."""

import re

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from kembar.web import addresses
from kembar.web.templatetags import web as formats

# An unknown address may be that of an office, which only the database knows.
pytestmark = [pytest.mark.urls("kembar.web.tests.urls"), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("address", "django_code", "http_code"),
    [
        ("/here/", "id", "id"),
        ("/en/here/", "en", "en"),
        ("/ko/here/", "ko", "ko"),
        ("/zh/here/", "zh-hans", "zh-Hans"),
    ],
)
def test_the_address_alone_decides_the_language(client: Client, address: str, django_code: str, http_code: str) -> None:
    response = client.get(address, headers={"accept-language": "de"})
    assert (response.content.decode(), response.headers["Content-Language"]) == (django_code, http_code)
    assert "Accept-Language" not in response.headers.get("Vary", "")


def test_addresses_are_made_in_the_language_being_shown() -> None:
    made = []
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            made.append(reverse("here"))
    assert made == ["/here/", "/en/here/", "/ko/here/", "/zh/here/"]


def test_the_language_of_one_request_does_not_stay_for_the_next(client: Client) -> None:
    with translation.override("id"):
        client.get("/ko/here/")
        assert translation.get_language() == "id"


def test_an_address_with_the_default_language_or_an_unknown_one_is_not_a_page(client: Client) -> None:
    assert [client.get(f"/{word}/here/").status_code for word in ("id", "zh-hans", "de")] == [404, 404, 404]


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("/here/?on=2025-03-26&q=%EC%A4%91", "zh-hans", "/zh/here/?on=2025-03-26&q=%EC%A4%91"),
        ("/zh/here/?on=2025-03-26", "id", "/here/?on=2025-03-26"),
        ("/ko/", "en", "/en/"),
        ("/", "ko", "/ko/"),
        ("/en/nowhere/", "en", "/en/nowhere/"),
    ],
)
def test_the_switch_keeps_page_and_query(path: str, language: str, expected: str) -> None:
    assert addresses.same_page_in(RequestFactory().get(path), language) == expected


def test_the_switch_never_leads_to_another_site() -> None:
    request = RequestFactory().get("/")
    made = []
    for path in ("/en//elsewhere.example/", "//elsewhere.example/"):
        request.path_info = path
        made.append(addresses.same_page_in(request, "id"))
    assert made == ["/%2Felsewhere.example/", "/%2Felsewhere.example/"]


def test_the_page_names_its_language_and_links_to_itself_in_the_others(client: Client) -> None:
    page = client.get("/zh/framed/?q=%22%3E%3Cb%3E").content.decode()
    switch = re.findall(r'<li><a href="([^"]*)" lang="([^"]*)" hreflang="[^"]*"( aria-current="true")?>', page)
    assert '<html lang="zh-Hans">' in page
    assert switch == [
        ("/framed/?q=%22%3E%3Cb%3E", "id", ""),
        ("/en/framed/?q=%22%3E%3Cb%3E", "en", ""),
        ("/ko/framed/?q=%22%3E%3Cb%3E", "ko", ""),
        ("/zh/framed/?q=%22%3E%3Cb%3E", "zh-Hans", ' aria-current="true"'),
    ]


def test_the_frame_loads_nothing_from_elsewhere_and_holds_no_script_or_style(client: Client) -> None:
    response = client.get("/framed/")
    page = response.content.decode()
    loaded = re.findall(r'<(?:link rel="(?:icon|stylesheet)"|script|img)[^>]*(?:href|src)="([^"]*)"', page)
    assert loaded == ["/static/web/kembar.svg", "/static/web/kembar.css"]
    assert re.findall(r"<style| style=|<script(?! src)", page) == []
    policy = {rule.strip() for rule in response.headers["Content-Security-Policy"].split(";")}
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"} - policy == set()


def test_trace_is_refused(client: Client) -> None:
    response = client.trace("/here/")
    assert (response.status_code, response.headers["Allow"], response.content) == (405, "GET, HEAD, POST", b"")


HEADINGS = {
    "/nowhere/": (404, "Tidak ada halaman di alamat ini"),
    "/en/nowhere/": (404, "There is no page at this address"),
    "/ko/nowhere/": (404, "이 주소에는 페이지가 없습니다"),
    "/zh/nowhere/": (404, "此网址没有页面"),
    "/broken/": (500, "Terjadi gangguan di sistem kami"),
    "/ko/broken/": (500, "시스템에 문제가 생겼습니다"),
    "/unclear/": (400, "Kami tidak memahami permintaan ini"),
    "/zh/unclear/": (400, "我们未能理解此请求"),
}


@pytest.mark.parametrize("address", HEADINGS)
def test_mistakes_are_answered_in_the_visitors_language(client: Client, address: str) -> None:
    client.raise_request_exception = False
    response = client.get(address)
    heading = re.search(r"<h1>(.*?)</h1>", response.content.decode())
    assert heading is not None
    assert (response.status_code, heading.group(1)) == HEADINGS[address]


def test_an_unclear_request_says_why_and_where_to_go(client: Client) -> None:
    page = client.get("/en/unclear/").content.decode()
    assert '<p class="lead">&lt;b&gt;No such day&lt;/b&gt;</p>' in page
    assert '<a class="button" href="/en/there/">The page without these choices</a>' in page


def test_a_form_sent_from_elsewhere_is_refused_in_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/en/here/")
    assert (response.status_code, b"This form is no longer valid" in response.content) == (403, True)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("id", ("1.234.567,5", "21 November 2026", "Korea Selatan")),
        ("en", ("1,234,567.5", "21 November 2026", "South Korea")),
        ("ko", ("1,234,567.5", "2026년 11월 21일", "대한민국")),
        ("zh-hans", ("1,234,567.5", "2026年11月21日", "韩国")),
    ],
)
def test_numbers_days_and_countries_are_written_as_people_write_them(
    language: str, expected: tuple[str, str, str]
) -> None:
    from datetime import date

    with translation.override(language):
        assert (formats.number(1234567.5), formats.day(date(2026, 11, 21)), formats.country("KR")) == expected
