"""One story from each founding article: pasted, a promise accepted, translated, asked by mail, confirmed without an
account, changed, fallen, confirmed again, kept with evidence, on the promise page. Forms are filled in as they come.

The same is walked in a browser, by keyboard and on a phone, in test_confirmation.py.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import feedparser
import icalendar
import pytest
from django.test import Client
from lxml import html

from kembar.access.permissions import SYSTEM, Role
from kembar.cities.models import Office
from kembar.commitments.models import Commitment
from kembar.intake.models import Draft, Text
from kembar.mailbox.models import Letter
from kembar.partnerships.queries import file
from kembar.people.actions.contacts import Reach, add_contact
from tests.journeys.articles import CHANDLER, NANNING, SHENZHEN, SUWON, Article
from tests.members import member, sign_in

pytestmark = pytest.mark.django_db
DESK = "/bandung/desk/"
PREFIX = {"ko": "ko/", "en": "en/", "zh-hans": "zh/"}
KEEP = "Laporan perjalanan dan daftar hadir"


def form_in(answer: Any, field: str) -> Any:
    """The form of a page that has this field, or whose button has this name."""
    forms = html.fromstring(answer.content).forms
    return next(form for form in forms if form.xpath(f".//*[@name='{field}']"))


def send(client: Client, address: str, form: Any, given: dict[str, str]) -> Any:
    """Sends a form with what stood in it and what is typed; the answer."""
    typed: dict[str, Any] = {}
    for name, value in form.form_values():
        typed.setdefault(name, []).append(value)
    return client.post(urljoin(address, form.get("action") or ""), typed | given)


def fill(client: Client, address: str, field: str, **given: str) -> str:
    """Opens a page, fills its form in, and is led on."""
    answer = send(client, address, form_in(client.get(address), field), given)
    assert answer.status_code == 302, html.fromstring(answer.content).find_class("summary")[0].text_content()
    return str(answer.headers["Location"])


def newest(kind: str) -> str:
    return Letter.objects.filter(kind=kind).order_by("-id")[0].text


@pytest.fixture
def bandung(sample: Callable[[str], None]) -> Office:
    sample("register")
    return Office.objects.select_related("local_government").get(slug="bandung")


def at_desk(office: Office, name: str, role: Role) -> Client:
    client = Client()
    sign_in(client, member(name, role, office=office))
    return client


def read_and_taken(officer: Client, article: Article) -> Commitment:
    """The article is pasted; the promise of the story is taken over, or entered by hand where the reader found none."""
    fill(officer, f"{DESK}intake/new/", "body", body=article.body, title=article.title,
         published=article.published.isoformat(), publisher="Contoh Berita")  # fmt: skip
    text = Text.objects.get()
    assert text.partnership is not None
    assert text.partnership.slug == article.partner
    promises = Draft.objects.filter(text=text, kind="commitment").order_by("start")
    if not article.promise:
        assert list(promises) == []
        fill(officer, f"{DESK}partners/{article.partner}/commitments/enter/", "what", origin="known",
             document=str(text.document_id), what="mengadakan pertandingan sepak bola remaja", language="id",
             sentence="Kota kembar ialah hubungan resmi dua kota di dua negara.", side="both", due="2030")  # fmt: skip
        return Commitment.objects.get()
    [draft] = [one for one in promises if article.promise in one.value["action"]]
    assert officer.post(f"{DESK}intake/drafts/{draft.pk}/accept/").status_code == 302
    row = Commitment.objects.get()
    assert (row.origin, row.sentence in " ".join(article.body.split())) == (f"draft:{draft.pk}", True)
    return row


def put_into_words(translator: Client, row: Commitment, article: Article, which: int) -> None:
    for work in html.fromstring(translator.get(f"{DESK}translations/").content).xpath("//tbody//a/@href"):
        fill(translator, work, "text", text=article.theirs[which])


def asked(officer: Client, row: Commitment, article: Article) -> None:
    address = f"{DESK}partners/{article.partner}/confirmations/ask/?promise={row.pk}"
    preview = send(officer, address, form_in(officer.get(address), "promises"), {"promises": str(row.pk)})
    assert article.theirs[0] in html.fromstring(preview.content).text_content()
    answer = send(officer, address, form_in(preview, f"seen-{row.pk}"), {"send": "1"})
    assert (answer.status_code, Letter.objects.filter(kind="confirmation_request").count()) == (302, 1)


def confirms(kind: str) -> Any:
    """Somebody abroad, without an account: link, code, one touch. The page as it stood before."""
    abroad = Client()
    address = re.findall(r"http://[^/]+(/\S*confirmations/[^/\s]+/)", newest(kind))[0]
    assert abroad.post(f"{address}code/").status_code == 302
    fill_in = {"code": re.findall(r"\b\d{6}\b", newest("confirmation_code"))[0]}
    assert abroad.post(f"{address}enter/", fill_in).status_code == 302
    page = abroad.get(address)
    assert send(abroad, address, form_in(page, "reply"), {"reply": "confirm"}).status_code == 302
    return html.fromstring(page.content)


@pytest.mark.parametrize("article", [SHENZHEN, NANNING, CHANDLER, SUWON], ids=lambda one: one.partner)
def test_from_the_article_to_the_promise_page(bandung: Office, article: Article) -> None:
    officer, translator = at_desk(bandung, "Sari", Role.OFFICER), at_desk(bandung, "Dewi", Role.TRANSLATOR)
    partner = file(article.partner, office_id=bandung.pk)
    reach = Reach(name="Contoh", post="Officer", email="contact@partner.example", language=article.code)
    add_contact(reach, by=SYSTEM, office=bandung, about=partner.key)
    public = f"/{PREFIX[article.code]}bandung/partners/{article.partner}/promises"
    visitor = Client()

    row = read_and_taken(officer, article)
    here = f"{DESK}commitments/{row.pk}/"
    assert visitor.get(f"{public}/").content.decode().count(f'id="promise-{row.pk}"') == 0
    fill(officer, f"{here}accept/", "owner", owner_post="Bagian Kerja Sama", deputy_post="Dinas Terkait")
    put_into_words(translator, row, article, 0)
    asked(officer, row, article)
    assert article.theirs[0] in confirms("confirmation_request").text_content()
    row.refresh_from_db()
    assert (row.state, article.theirs[0] in visitor.get(f"{public}/").content.decode()) == ("confirmed", True)

    fill(officer, f"{here}amend/", "what", what=f"{row.what}, menurut rincian baru", language="id")
    row.refresh_from_db()
    assert (row.state, row.confirmed_at) == ("accepted", None)
    put_into_words(translator, row, article, 1)
    page = confirms("confirmation_fell")
    assert (article.theirs[1] in page.text_content(), len(page.find_class("differs"))) == (True, 1)
    fill(officer, f"{here}keep/", "evidence", evidence=KEEP)

    shown = html.fromstring(visitor.get(f"{public}/").content)
    [kept] = shown.xpath("//section[@aria-labelledby='kept']//article")
    words = " ".join(kept.text_content().split())
    assert [words.lower().count(part.lower()) for part in (article.theirs[1], row.sentence, article.title, KEEP)] == [
        2, 1, 1, 0,
    ]  # fmt: skip
    assert kept.xpath("boolean(.//p[contains(@class, 'good')])")
    [entry] = feedparser.parse(visitor.get(f"{public}.xml").content).entries
    assert (entry.title.endswith(article.theirs[1]), entry.link.endswith(f"#promise-{row.pk}")) == (True, True)
    assert icalendar.Calendar.from_ical(visitor.get(f"{public}.ics").content).walk("VEVENT") == []
