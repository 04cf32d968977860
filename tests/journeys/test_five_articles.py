"""One story from each founding article: pasted, a promise accepted, translated, asked by mail, confirmed without an
account, changed, fallen, confirmed again, kept with evidence, on the promise page.

All five go through the same pages, each its own way: by keyboard alone, on a phone at the desk too, in the desk's four
languages and in the partner's three. Letters are read from the mailbox.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import feedparser
import icalendar
import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, BrowserContext, Locator, ViewportSize, expect

from kembar.access.permissions import SYSTEM, Role
from kembar.cities.actions import adopt
from kembar.cities.queries import find
from kembar.commitments.models import Commitment
from kembar.commitments.rules import OPEN
from kembar.intake.models import Draft, Text
from kembar.mailbox.models import Letter
from kembar.partnerships.actions.files import open_file
from kembar.people.actions.contacts import Reach, add_contact
from kembar.people.models import Account
from tests import members
from tests.browser import DESK, PATIENCE, PHONE, Watch, axe, fits_the_width, follow
from tests.journeys.articles import CHANDLER, DAEGU, NANNING, SHENZHEN, SUWON, Article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PREFIX = {"id": "/", "en": "/en/", "ko": "/ko/", "zh-hans": "/zh/"}
HTML = {"id": "id", "en": "en", "ko": "ko", "zh-hans": "zh-Hans"}
KEEP = "Laporan perjalanan dan daftar hadir"


@dataclass(frozen=True)
class Way:
    """How one story is walked: the language and screen of the desk, the screen abroad, hands on the keyboard alone."""

    article: Article
    desk: str
    screen: dict[str, int]
    abroad: dict[str, int]
    keys: bool = False


WAYS = (
    Way(DAEGU, "id", DESK, PHONE, keys=True),
    Way(NANNING, "id", PHONE, PHONE),
    Way(SHENZHEN, "zh-hans", DESK, PHONE),
    Way(CHANDLER, "en", DESK, DESK),
    Way(SUWON, "ko", PHONE, DESK),
)


class Hands:
    """Somebody at a page, in one language, with a mouse or with the keyboard alone."""

    def __init__(self, context: BrowserContext, code: str, *, keys: bool) -> None:
        self.page, self.code, self.keys = context.new_page(), code, keys

    def words(self, msgid: str) -> str:
        with override(self.code):
            return gettext(msgid)

    def button(self, msgid: str) -> Locator:
        return self.page.get_by_role("button", name=self.words(msgid), exact=True)

    def link(self, msgid: str) -> Locator:
        return self.page.locator("main").get_by_role("link", name=self.words(msgid), exact=True)

    def open(self, address: str) -> None:
        self.page.goto(address)
        expect(self.page.locator("html")).to_have_attribute("lang", HTML[self.code])

    def reach(self, target: Locator) -> None:
        """Goes there as a keyboard does: over the link that skips the menu, then from one place to the next."""
        for _ in range(60):
            if target.evaluate("it => it === document.activeElement"):
                return
            self.page.keyboard.press("Enter" if self.page.locator(".skip:focus").count() else "Tab")
        pytest.fail(f"the keyboard does not reach {target}")

    def press(self, target: Locator) -> None:
        """Presses what leads to another page, and is there when it stands."""
        if self.keys:
            self.reach(target)
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")
        else:
            follow(target)

    def type(self, field: str, words: str) -> None:
        target = self.page.locator(f"#{field}")
        if self.keys:
            self.reach(target)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(words)
        else:
            target.fill(words)

    def choose(self, field: str, label: str) -> None:
        target = self.page.locator(f"#{field}")
        if not self.keys:
            target.select_option(label=label)
        else:
            self.reach(target)
            self.page.keyboard.type(label)
        expect(target.locator("option:checked")).to_have_text(label)

    def looks_right(self) -> None:
        fits_the_width(self.page)
        if self.keys:  # the other stories walk through the same pages
            axe(self.page)


class Office(Hands):
    """Sari and Dewi of Bandung take turns at one desk."""

    def __init__(self, context: BrowserContext, way: Way, *, home: str, contact: Callable[[Any], object]) -> None:
        super().__init__(context, way.desk, keys=way.keys)
        self.article, self.home = way.article, home
        self.desk = f"{PREFIX[way.desk]}bandung/desk/"
        office = members.office()
        city = adopt(find(way.article.partner.title(), country=way.article.country), by=SYSTEM)
        contact(open_file(by=SYSTEM, office=office, partner=city, kind="sister"))
        self.sari = members.member("Sari", Role.OFFICER, office=office)
        self.dewi = members.member("Dewi", Role.TRANSLATOR, office=office)

    def sits(self, person: Account) -> None:
        client, name = Client(), settings.SESSION_COOKIE_NAME
        members.sign_in(client, person)
        self.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.home}])

    def pastes(self) -> None:
        self.open(f"{self.desk}intake/new/")
        self.type("id_body", self.article.body)
        self.type("id_title", self.article.title)
        self.type("id_published", self.article.published.isoformat())
        self.press(self.page.locator("form.paste .button").last)
        expect(self.page.locator("h1")).to_have_text(self.article.title)
        fits_the_width(self.page)
        assert Text.objects.get().partnership.slug == self.article.partner  # type: ignore[union-attr]

    def takes_over(self) -> Commitment:
        """What the reader found goes into the ledger; where the text promises nothing, what was agreed is entered."""
        if not self.article.promise:
            return self.enters()
        draft = Draft.objects.get(kind="commitment", value__action__icontains=self.article.promise)
        if self.keys:
            self.page.locator(f"#d{draft.pk}").focus()
            with self.page.expect_navigation():
                self.page.keyboard.press("a")
        else:
            follow(self.page.locator(f"#d{draft.pk} [data-key=a] button"))
        row = Commitment.objects.get()
        assert (row.origin, row.sentence in " ".join(self.article.body.split())) == (f"draft:{draft.pk}", True)
        return row

    def enters(self) -> Commitment:
        assert not Draft.objects.filter(kind="commitment").exists()
        self.open(f"{self.desk}partners/{self.article.partner}/commitments/enter/")
        self.type("id_what", "mengadakan pertandingan sepak bola remaja setiap tahun")
        self.page.locator("#id_language").select_option("id")
        self.type("id_sentence", "Kota kembar ialah hubungan resmi dua kota di dua negara.")
        self.page.locator("#id_side").select_option("both")
        self.type("id_due", "2030")
        self.page.locator("[name=origin][value=known]").check()
        self.page.locator("#id_document").select_option(str(Text.objects.get().document_id))
        self.press(self.button("Save"))
        return Commitment.objects.get()

    def accepts(self, row: Commitment) -> None:
        self.open(f"{self.desk}commitments/{row.pk}/")
        self.press(self.page.locator("main .ways a.button").first)
        self.choose("id_owner", "Sari")
        self.type("id_deputy_post", "Dinas Pendidikan")
        self.press(self.button("Save"))
        self.sees(row, "accepted")

    def translates(self, row: Commitment, which: int) -> None:
        self.sits(self.dewi)
        self.open(f"{self.desk}translations/")
        self.press(self.page.locator("tbody a").first)
        self.type("id_text", self.article.theirs[which])
        self.press(self.button("Save"))
        self.sits(self.sari)

    def asks(self, row: Commitment) -> None:
        self.open(f"{self.desk}commitments/{row.pk}/")
        self.press(self.link("Ask the partner to confirm"))
        self.press(self.button("Show what goes out"))
        expect(self.page.locator(".two-what").first).to_contain_text(self.article.theirs[0])
        self.looks_right()
        self.press(self.button("Send the letter"))
        expect(self.page.locator(".tag.says-waiting")).to_have_count(1)

    def sees(self, row: Commitment, state: str) -> None:
        """The page that stands open tells the state; what was due before today is overdue by itself."""
        row.refresh_from_db()
        late = row.state in OPEN and row.due is not None and row.due.latest < row.office.today()
        assert row.state == state
        expect(self.page.locator(f"h1 + p .tag.promise-{'overdue' if late else state}")).to_have_count(1)

    def looks_up(self, row: Commitment, state: str) -> None:
        self.open(f"{self.desk}commitments/{row.pk}/")
        self.sees(row, state)

    def changes(self, row: Commitment) -> None:
        before, after = self.article.change
        self.press(self.link("Amend"))
        expect(self.page.locator("main .note").first).to_be_visible()
        self.type("id_what", row.what.replace(before, after))
        self.press(self.button("Save"))
        self.sees(row, "accepted")
        expect(self.page.locator("#partner ~ .record ins").first).to_contain_text(after.split()[0])

    def keeps(self, row: Commitment) -> None:
        self.press(self.link("It was kept"))
        self.type("id_evidence", KEEP)
        self.press(self.button("Save"))
        self.sees(row, "kept")
        expect(self.page.locator("main")).to_contain_text(KEEP)
        fits_the_width(self.page)


class Counterpart(Hands):
    """Somebody abroad, without an account, who reads the letters sent to them."""

    def enters(self, kind: str) -> None:
        """Opens the link and enters the code that came by mail."""
        self.open(str(re.findall(r"http://[^/]+(/\S*confirmations/[^/\s]+/)", newest(kind))[0]))
        fits_the_width(self.page)
        self.press(self.button("Send me the code"))
        self.type("code", re.findall(r"\b\d{6}\b", newest("confirmation_code"))[0])
        self.press(self.button("Open"))

    def confirms(self, theirs: str, original: str) -> None:
        expect(self.page.locator(".two-what")).to_contain_text(theirs)
        expect(self.page.locator(".two-what")).to_contain_text(original)
        self.looks_right()
        self.press(self.button("Yes, this is right"))
        expect(self.page.locator(".point .note.good")).to_have_count(1)

    def reads_what_became_of_it(self, way: Way, row: Commitment) -> None:
        """The promise page, its feed and its calendar."""
        public = f"{PREFIX[self.code]}bandung/partners/{way.article.partner}/promises"
        self.open(f"{public}/")
        kept = self.page.locator("#kept ~ .promise")
        expect(kept).to_have_count(1)
        expect(kept.locator("h3")).to_have_text(re.compile(re.escape(way.article.theirs[1]), re.IGNORECASE))
        expect(kept.locator(".note.good")).to_have_count(1)
        for told in (row.sentence, way.article.title):
            expect(kept).to_contain_text(told)
        expect(kept).not_to_contain_text(KEEP)
        self.looks_right()
        [entry] = feedparser.parse(self.page.request.get(f"{public}.xml").text()).entries
        assert (entry.title.endswith(way.article.theirs[1]), entry.link.endswith(f"#promise-{row.pk}")) == (True, True)
        assert icalendar.Calendar.from_ical(self.page.request.get(f"{public}.ics").text()).walk("VEVENT") == []


def newest(kind: str) -> str:
    return Letter.objects.filter(kind=kind).order_by("-id")[0].text


@pytest.fixture
def window(chromium: Browser, live_server: Any, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """`window(size)`: a browser of somebody's own; the test fails when anything went wrong in one of them."""
    opened: list[BrowserContext] = []

    def new(size: dict[str, int]) -> BrowserContext:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=ViewportSize(width=size["width"], height=size["height"]),
            locale="ko-KR",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", watch.on_request)
        context.on("response", watch.on_response)
        context.on("console", watch.on_console)
        opened.append(context)
        return context

    yield new
    for context in opened:
        context.close()
    assert watch.faults == []


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.article.partner)
def test_from_the_article_to_the_promise_page(way: Way, window: Callable[..., BrowserContext], watch: Watch) -> None:
    article = way.article
    reach = Reach(name="Contoh", post="Officer", email="contact@partner.example", language=article.code)
    office = Office(
        window(way.screen), way, home=watch.home,
        contact=lambda file: add_contact(reach, by=SYSTEM, office=file.office, about=file.key),
    )  # fmt: skip
    abroad = Counterpart(window(way.abroad), article.code, keys=way.keys)
    office.sits(office.sari)

    office.pastes()
    row = office.takes_over()
    office.accepts(row)
    office.translates(row, 0)
    office.asks(row)
    abroad.enters("confirmation_request")
    abroad.confirms(article.theirs[0], row.what)
    abroad.press(abroad.button("Close this page"))
    office.looks_up(row, "confirmed")

    office.changes(row)
    office.translates(row, 1)
    abroad.enters("confirmation_fell")
    expect(abroad.page.locator(".differs h3")).to_have_text(abroad.words("This differs from what you confirmed"))
    expect(abroad.page.locator(".differs ins").first).to_be_visible()
    row.refresh_from_db()
    abroad.confirms(article.theirs[1], row.what)
    office.looks_up(row, "confirmed")

    office.keeps(row)
    abroad.reads_what_became_of_it(way, row)
