"""A promise from the pasted article to the promise page: accepted, translated, confirmed abroad, changed, confirmed
again, kept. One officer at a desk, one counterpart without an account, on a phone; both go on by keyboard alone, and
letters are read from the mailbox. Four more articles walk the same way in test_five_articles.py."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from kembar.access.permissions import SYSTEM, Role
from kembar.commitments.models import Commitment
from kembar.countersign.models import Answer, Request
from kembar.intake.models import Draft
from kembar.mailbox.models import Letter
from kembar.partnerships.queries import file
from kembar.people.actions.contacts import Reach, add_contact
from tests import members
from tests.browser import DESK, LANGUAGE_PREFIXES, PHONE, Watch, axe, fits_the_width
from tests.journeys.articles import DAEGU

SMALL = ViewportSize(width=PHONE["width"], height=PHONE["height"])
LARGE = ViewportSize(width=DESK["width"], height=DESK["height"])
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(chromium: Browser, live_server: object, watch: Watch, sample: Callable[[str], None]) -> Iterator[Page]:
    """Sari at her desk, signed in with her second factor; Kim of Daegu is in the file."""
    sample("register")
    office = members.office()
    daegu = file(DAEGU.partner, office_id=office.pk)
    kim = Reach(name="Kim Contoh", post="주무관", organisation="대구광역시", email="kim@daegu.example", language="ko")
    add_contact(kim, by=SYSTEM, office=office, about=daegu.key)
    client = Client()
    members.sign_in(client, members.member("Sari", Role.OFFICER, office=office))
    context = _context(chromium, live_server, watch, LARGE)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}  # type: ignore[attr-defined]
    context.add_cookies([cookie])  # type: ignore[list-item]
    yield context.new_page()
    context.close()
    assert watch.faults == []


def _context(chromium: Browser, live_server: object, watch: Watch, size: ViewportSize) -> BrowserContext:
    home = live_server.url  # type: ignore[attr-defined]
    context = chromium.new_context(
        base_url=home,
        viewport=size,
        locale="ko-KR",
        reduced_motion="reduce",
    )
    context.set_default_timeout(30_000)
    context.on("request", watch.on_request)
    context.on("response", watch.on_response)
    return context


def press(page: Page, button: Locator) -> None:
    """Presses what leads to another page by keyboard, and is there when it stands."""
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def newest(kind: str) -> str:
    return Letter.objects.filter(kind=kind).order_by("-id")[0].text


def address(kind: str) -> str:
    return str(re.findall(r"http://[^/]+(/\S*confirmations/[^/\s]+/)", newest(kind))[0])


def let_in(page: Page, to: str) -> None:
    """Opens the link and enters the code that came by mail."""
    page.goto(to)
    press(page, page.get_by_role("button", name="코드 받기"))
    code = re.findall(r"\b\d{6}\b", newest("confirmation_code"))[0]
    page.locator("#code").fill(code)
    press(page, page.get_by_role("button", name="열기"))


def accepted(page: Page) -> Commitment:
    """An article is pasted, what the reader found in it is taken over, and accepted with owner and deputy."""
    page.goto("/bandung/desk/intake/new/")
    page.locator("#id_body").fill(DAEGU.body)
    page.locator("#id_title").fill(DAEGU.title)
    page.locator("#id_published").fill(DAEGU.published.isoformat())
    press(page, page.locator("form.paste .button").last)
    draft = Draft.objects.get(kind="commitment", value__action__icontains=DAEGU.promise)
    page.locator(f"#d{draft.pk}").focus()
    with page.expect_navigation():
        page.keyboard.press("a")
    row = Commitment.objects.get()
    page.goto(f"/bandung/desk/commitments/{row.pk}/")
    press(page, page.get_by_role("link", name="Terima", exact=True))
    page.locator("#id_owner").select_option(label="Sari")
    page.locator("#id_deputy_post").fill("Dinas Pendidikan")
    press(page, page.get_by_role("button", name="Simpan"))
    expect(page.locator("h1 + p .tag")).to_have_text("diterima")
    return row


def put_into_korean(page: Page, text: str) -> None:
    page.goto("/bandung/desk/translations/")
    press(page, page.locator("tbody a").first)
    page.locator("#id_text").fill(text)
    axe(page)
    press(page, page.get_by_role("button", name="Simpan"))


def asked(page: Page, row: Commitment) -> None:
    page.goto(f"/bandung/desk/commitments/{row.pk}/")
    press(page, page.get_by_role("link", name="Minta konfirmasi mitra"))
    axe(page)
    press(page, page.get_by_role("button", name="Tampilkan yang akan dikirim"))
    expect(page.locator(".two-what").first).to_contain_text(DAEGU.theirs[0])
    axe(page)
    press(page, page.get_by_role("button", name="Kirim surat"))
    expect(page.locator(".tag.says-waiting")).to_have_count(1)


def state(page: Page, row: Commitment) -> Locator:
    page.goto(f"/bandung/desk/commitments/{row.pk}/")
    return page.locator("h1 + p .tag")


def test_a_promise_is_confirmed_without_an_account_falls_is_confirmed_again_and_kept(
    desk: Page, chromium: Browser, live_server: object, watch: Watch
) -> None:
    abroad = _context(chromium, live_server, watch, SMALL)
    kim = abroad.new_page()
    row = accepted(desk)
    put_into_korean(desk, DAEGU.theirs[0])
    asked(desk, row)

    kim.goto(address("confirmation_request"))
    axe(kim)
    fits_the_width(kim)
    expect(kim.locator("main")).not_to_contain_text("20명")
    let_in(kim, address("confirmation_request"))
    expect(kim.locator(".two-what")).to_contain_text(DAEGU.theirs[0])
    expect(kim.locator(".two-what")).to_contain_text(row.what)
    axe(kim)
    fits_the_width(kim)
    press(kim, kim.get_by_role("button", name="네, 맞습니다"))
    expect(kim.locator(".point .note.good")).to_contain_text("확인하셨습니다")
    press(kim, kim.get_by_role("button", name="이 페이지 닫기"))
    expect(state(desk, row)).to_have_text("dikonfirmasi mitra")

    desk.goto(f"/bandung/desk/commitments/{row.pk}/amend/")
    expect(desk.locator("main")).to_contain_text("konfirmasi itu gugur")
    desk.locator("#id_what").fill(row.what.replace("20", "30"))
    press(desk, desk.get_by_role("button", name="Simpan"))
    expect(state(desk, row)).to_have_text("diterima")
    expect(desk.locator("#partner ~ .record del").first).to_have_text("20")
    put_into_korean(desk, DAEGU.theirs[1])

    let_in(kim, address("confirmation_fell"))
    expect(kim.locator(".differs h3")).to_have_text("확인하신 내용과 다릅니다")
    expect(kim.locator(".differs ins").first).to_have_text("30명을")
    axe(kim)
    press(kim, kim.get_by_role("button", name="네, 맞습니다"))
    expect(state(desk, row)).to_have_text("dikonfirmasi mitra")

    press(desk, desk.get_by_role("link", name="Sudah ditepati"))
    desk.locator("#id_evidence").fill("Laporan perjalanan")
    press(desk, desk.get_by_role("button", name="Simpan"))
    expect(desk.locator("h1 + p .tag")).to_have_text("ditepati")
    kim.goto("/ko/bandung/partners/daegu/promises/")
    expect(kim.locator("#kept ~ .promise h3")).to_have_text(DAEGU.theirs[1])
    expect(kim.locator("#kept ~ .promise .note.good")).to_have_text("상대 도시가 확인했습니다.")
    axe(kim)
    fits_the_width(kim)
    abroad.close()


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_every_page_about_confirmations_can_be_used_by_everyone(
    page: Page, language: str, live_server: object, sample: Callable[[str], None]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "KEMBAR_SAMPLE", True)
        sample("desk")
    client = Client()
    members.sign_in(client, members.member("Sari", Role.OFFICER, office=members.office()))
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}  # type: ignore[attr-defined]
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    question = Request.objects.order_by("id")[0].pk
    objection = Answer.objects.get(reply="dispute").pk
    for where in (
        "confirmations/", f"confirmations/{question}/", f"confirmations/{question}/sheet/file/", "translations/",
        f"answers/{objection}/settle/", "partners/daegu/confirmations/ask/", "partners/daegu/sources/",
        "glossary/", "glossary/add/",
    ):  # fmt: skip
        page.goto(f"/{LANGUAGE_PREFIXES[language]}bandung/desk/{where}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        axe(page)
        fits_the_width(page)
