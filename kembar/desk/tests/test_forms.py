"""Entering, correcting and deciding by form: dates as people write them, doubts, two officers at once."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kembar.access.permissions import Role
from kembar.agreements.actions import decide_claim
from kembar.agreements.models import Approval, Instrument, Signature
from kembar.cities.models import Office
from kembar.desk.forms.fields import LengthField
from kembar.desk.history import SENTENCES, sentence
from kembar.journal.models import Entry
from kembar.lib.dates import parse_edtf
from kembar.partnerships.models import Event, Partnership
from kembar.people.actions.holders import Term, name_holder
from kembar.people.models import Membership
from kembar.sources.actions import report_error
from kembar.sources.models import Claim, Document, Report
from tests import members
from tests.guards.tree import ROOT
from tests.personas import ANONYMOUS, bu_ratna, sari

pytestmark = pytest.mark.django_db
NEW = {"origin": "new", "new_title": "Pikiran Rakyat", "new_published": "3 Maret 2024", "decision": "accepted"}


def desk(name: str, **parts: object) -> str:
    return reverse(f"desk:{name}", kwargs={"office": "bandung", **parts})


def test_an_event_is_typed_as_people_write_it(bandung: Office, suwon: Partnership, client: Client) -> None:
    given = {**NEW, "kind": "visit", "title": "Kunjungan wali kota", "date": "akhir Februari 2024", "said": "kunjungan"}
    answer = client.post(desk("enter-event", partner="suwon"), given)
    assert (answer.status_code, answer.headers["Location"]) == (302, desk("partner", partner="suwon") + "?saved=1")
    event = Event.objects.get(title="Kunjungan wali kota")
    assert (event.partnership, event.standing, event.date.latest) == (suwon, "accepted", date(2024, 2, 29))
    claim = Claim.objects.get(subject=event.key)
    assert (claim.document.title, claim.document.published.edtf, claim.decided_by) == (
        "Pikiran Rakyat",
        "2024-03-03",
        "Sari",
    )
    assert "Kunjungan wali kota" in client.get(desk("partner", partner="suwon")).content.decode()


def test_what_cannot_be_read_is_told_and_what_was_typed_stays(suwon: Partnership, client: Client) -> None:
    given = {**NEW, "kind": "visit", "title": "Kunjungan", "date": "31 Februari 2024"}
    page = client.post("/en" + desk("enter-event", partner="suwon"), given)
    text = page.content.decode()
    assert (page.status_code, page.context["form"].errors["date"]) == (
        200,
        ["The calendar has no such day. Write the day first, then the month."],
    )
    assert ['value="31 Februari 2024"' in text, 'value="Kunjungan"' in text] == [True, True]
    assert not Event.objects.filter(title="Kunjungan").exists()


def test_a_doubt_is_shown_and_confirmed(suwon: Partnership, client: Client) -> None:
    address = "/en" + desk("enter-paper", partner="suwon")
    given = {**NEW, "kind": "letter_of_intent", "concluded": "25 March 2024", "said": "Selasa, 25 Maret 2024"}
    page = client.post(address, given)
    assert [code for code, _ in page.context["done"].doubts] == ["weekday_mismatch", "future_date"]
    confirmed = re.search(r'name="confirmed" value="([^"]+)"', page.content.decode())
    assert confirmed is not None
    assert client.post(address, {**given, "confirmed": confirmed[1]}).status_code == 302
    assert Instrument.objects.get(kind="letter_of_intent", partnership=suwon).concluded.edtf == "2024-03-25"


def test_a_paper_with_its_term_scope_and_signatures(suwon: Partnership, client: Client) -> None:
    given = {**NEW, "kind": "extension", "concluded": "1 Februari 2024", "term": "5 tahun", "from_effective": "on",
             "effective": "1 Maret 2024", "scope": "pendidikan\r\nair; sungai"}  # fmt: skip
    given["confirmed"] = "future_date duplicate"
    assert client.post(desk("enter-paper", partner="suwon"), given).status_code == 302
    paper = Instrument.objects.get(kind="extension", partnership=suwon)
    assert (paper.term, paper.term_from, paper.ends.edtf) == ("P5Y", "effective", "2029-03-01")
    assert [item.text for item in paper.scope.order_by("position")] == ["pendidikan", "air, sungai"]
    number = Document.objects.get(title="Pikiran Rakyat").pk
    signed = {"origin": "known", "document": number, "decision": "accepted", "party": "partner", "date": "1/2/2024",
              "post": "Wali kota", "mode": "apart"}  # fmt: skip
    assert client.post(desk("sign", number=paper.pk), signed).status_code == 302
    one = Signature.objects.get(instrument=paper)
    assert (one.party, one.date.edtf, one.post, one.mode) == (suwon.partner, "2024-02-01", "Wali kota", "apart")


def test_an_approval_by_the_offices_own_word(suwon: Partnership, client: Client) -> None:
    given = {"origin": "office", "decision": "open", "kind": "council_plenary", "date": "2020", "number": "1/2020"}
    assert client.post(desk("enter-approval", partner="suwon"), given).status_code == 302
    approval = Approval.objects.get(partnership=suwon)
    assert (approval.standing, Claim.objects.filter(subject=approval.key).order_by("id")[0].document.kind) == (
        "open",
        "office",
    )


def paper_of(file: Partnership) -> Instrument:
    return file.instruments.order_by("id")[0]


def correction(client: Client, address: str, **changed: str) -> dict[str, str]:
    """The form as the page gives it, with changes."""
    form = client.get(address).context["form"]
    given = {field.html_name: field.value() or "" for field in form}
    given |= {"origin": "office", "decision": "accepted"}
    return {name: "" if value is False else str(value) for name, value in {**given, **changed}.items()}


def test_a_form_sent_back_unchanged_changes_nothing(suwon: Partnership, client: Client) -> None:
    before = Claim.objects.count()
    for paper in Instrument.objects.order_by("id"):
        address = desk("correct", record="instrument", number=paper.pk)
        given = {name: value for name, value in correction(client, address).items() if value}
        answer = client.post(address, given)
        assert answer.status_code == 302, answer.context["form"].errors
    assert Claim.objects.count() == before


def test_who_saves_second_sees_both_versions_and_loses_nothing(
    bandung: Office, suwon: Partnership, client: Client
) -> None:
    paper = paper_of(suwon)
    address = "/en" + desk("correct", record="instrument", number=paper.pk)
    given = correction(client, address, title="Agreement of 1997", reason="The paper")
    mine = Claim.objects.filter(subject=paper.key).order_by("id")[0]
    decide_claim(mine, by=bu_ratna(office_id=bandung.pk), decision="rejected", reason="A colleague was first")
    page = client.post(address, given)
    assert page.context["done"].overtaken is True
    assert ("title", "not known", "Agreement of 1997") in page.context["rows"]
    assert 'value="Agreement of 1997"' in page.content.decode()
    fresh = page.context["form"]["opened_with"].value()
    assert client.post(address, {**given, "opened_with": fresh}).status_code == 302
    paper.refresh_from_db()
    assert paper.title == "Agreement of 1997"


def test_a_record_is_voided_with_a_reason(suwon: Partnership, client: Client) -> None:
    paper = paper_of(suwon)
    address = desk("void", record="instrument", number=paper.pk)
    opened_with = client.get(address).context["form"]["opened_with"].value()
    assert client.post(address, {"opened_with": opened_with, "reason": ""}).status_code == 200
    assert client.post(address, {"opened_with": "x", "reason": "Salah"}).context["done"].overtaken is True
    assert client.post(address, {"opened_with": opened_with, "reason": "Salah berkas"}).status_code == 302
    paper.refresh_from_db()
    assert paper.standing == "rejected"
    assert "Salah berkas" in client.get(desk("partner", partner="suwon")).content.decode()


def test_a_claim_is_decided_with_a_reason(bandung: Office, suwon: Partnership, client: Client) -> None:
    claim = Claim.objects.filter(about=suwon.key, decision="open").order_by("id")[0]
    address = "/en" + desk("decide", claim=claim.pk)
    seen = client.get(address).context["form"]["opened_with"].value()
    page = client.post(address, {"decision": "rejected", "reason": "", "opened_with": seen})
    assert page.context["form"].errors["reason"] == ["Give the reason: it stays beside the statement."]
    answer = client.post(address, {"decision": "rejected", "reason": "A typing error", "opened_with": seen})
    claim.refresh_from_db()
    assert (answer.status_code, claim.decision, claim.reason) == (302, "rejected", "A typing error")
    late = client.post(address, {"decision": "accepted", "reason": "", "opened_with": seen})
    assert late.context["done"].overtaken is True


def test_two_papers_two_sources_and_two_files_are_joined(bandung: Office, suwon: Partnership, client: Client) -> None:
    given = {**NEW, "kind": "sister_agreement", "concluded": "Agustus 1997", "confirmed": "duplicate"}
    assert client.post(desk("enter-paper", partner="suwon"), given).status_code == 302
    twin = Instrument.objects.filter(kind="sister_agreement", partnership=suwon).order_by("-id")[0]
    into = paper_of(suwon)
    assert client.post(desk("merge-paper", number=twin.pk), {"into": into.key, "reason": "Sama"}).status_code == 302
    assert not Instrument.objects.filter(pk=twin.pk).exists()
    one, other = Document.objects.order_by("pk")[:2]
    assert client.post(desk("merge-document", number=other.pk), {"into": one.pk}).status_code == 302
    assert client.get(desk("document", number=other.pk)).context["document"] == one
    assert client.post(desk("merge-file", partner="suwon"), {"into": "daegu", "reason": "Uji"}).status_code == 302
    assert client.get(desk("partner", partner="suwon")).headers["Location"] == desk("partner", partner="daegu")


def test_a_source_is_corrected(bandung: Office, client: Client) -> None:
    one = Document.objects.order_by("pk")[0]
    given = {"title": one.title, "kind": "official", "published": "Mei 2019", "address": "https://example.org/a"}
    assert client.post(desk("correct-document", number=one.pk), given).status_code == 302
    one.refresh_from_db()
    assert (one.kind, one.published.edtf, one.address) == ("official", "2019-05", "https://example.org/a")


def test_a_new_partner_is_found_in_its_own_script_and_opened_with_the_reason_why(
    bandung: Office, client: Client
) -> None:
    page = client.get("/en" + desk("open-file"), {"name": "고양"})
    key = next(place.key for place in page.context["form"].found if place.english_name.startswith("Goyang"))
    given = {"name": "고양", "place": key, "kind": "sister", "why": "Creative industry", "decider": "Wali kota",
             "origin": "office", "decision": "accepted", "csrfmiddlewaretoken": "x"}  # fmt: skip
    answer = client.post("/en" + desk("open-file"), given)
    file = Partnership.objects.get(partner__key=key)
    assert answer.headers["Location"] == f"/en/bandung/desk/partners/{file.slug}/?saved=1"
    said = {claim.attribute: (claim.value, claim.decision) for claim in Claim.objects.filter(subject=file.key)}
    assert said == {"why": ("Creative industry", "accepted"), "decider": ("Wali kota", "accepted")}


def test_a_partner_of_another_level_needs_a_second_look(bandung: Office, client: Client) -> None:
    page = client.get("/en" + desk("open-file"), {"name": "Gyeonggi"})
    key = page.context["form"].found[0].key
    given = {"name": "Gyeonggi", "place": key, "kind": "sister", "why": "Asked first", "decider": "Wali kota",
             "origin": "office", "decision": "accepted", "csrfmiddlewaretoken": "x"}  # fmt: skip
    page = client.post("/en" + desk("open-file"), given)
    assert [code for code, _ in page.context["done"].doubts] == ["level_mismatch"]
    assert client.post("/en" + desk("open-file"), {**given, "confirmed": "level_mismatch"}).status_code == 302


def test_a_report_is_answered(bandung: Office, client: Client) -> None:
    report = report_error(by=ANONYMOUS, office_id=bandung.pk, page="/", text="1997?", language="id", sender="x")
    address = desk("answer", number=report.pk)
    assert client.post(address, {"outcome": "corrected", "reply": "Terima kasih"}).status_code == 302
    assert Report.objects.get().reply == "Terima kasih"
    late = client.post(address, {"outcome": "unchanged", "reply": "Sudah?"})
    assert ("Sudah?" in late.content.decode(), Report.objects.get().outcome) == (True, "corrected")


def test_every_verb_of_the_journal_has_a_sentence() -> None:
    described = re.findall(r"^\| `([a-z_]+\.[a-z_]+)`", (ROOT / "docs/language.md").read_text(encoding="utf-8"), re.M)
    assert sorted(SENTENCES) == sorted(described)


def test_every_line_of_the_sample_reads_as_a_sentence(bandung: Office) -> None:
    told = {sentence(entry.verb, entry.facts) for entry in Entry.objects.order_by("id")}
    assert [words for words in told if "%(" in words or "  " in words or "partnership:" in words] == []


def test_a_view_is_saved_and_dropped(bandung: Office, client: Client) -> None:
    given = {"name": "LoI lama", "query": "due=letter&sort=since"}
    answer = client.post(desk("save-view"), given)
    assert answer.headers["Location"] == desk("partners") + "?due=letter&sort=since"
    page = client.get(desk("partners"))
    assert [view.name for view in page.context["views"]] == ["LoI lama"]
    assert client.post(desk("drop-view", number=page.context["views"][0].pk)).status_code == 302
    assert list(client.get(desk("partners")).context["views"]) == []
    assert client.post(desk("save-view"), {"name": "x", "query": "colour=red"}).status_code == 400


def test_a_signature_by_somebody_whose_term_misses_the_day_is_flagged(
    bandung: Office, suwon: Partnership, client: Client
) -> None:
    paper = paper_of(suwon)
    signed = {**NEW, "party": "partner", "date": "25 Agustus 1997", "signatory": "N.N.", "confirmed": "future_date"}
    assert client.post(desk("sign", number=paper.pk), signed).status_code == 302
    flag = "Masa jabatannya yang tercatat tidak mencakup tanggal tanda tangan."
    term = Term(person="n.n.", post="Mayor", since=parse_edtf("1998"), until=parse_edtf("2002"))
    assert flag not in client.get(desk("partner", partner="suwon")).content.decode()
    name_holder(term, by=sari(office_id=bandung.pk), office=bandung, party=suwon.partner)
    assert flag in client.get(desk("partner", partner="suwon")).content.decode()


def test_a_right_withdrawn_while_the_form_is_open_keeps_what_was_typed(story: Office, client: Client) -> None:
    members.sign_in(client, members.member("Sari", Role.OFFICER, office=story))
    address = "/en" + desk("enter-event", partner="suwon")
    assert client.get(address).status_code == 200
    Membership.objects.filter(account__name="Sari").update(until=story.today())
    answer = client.post(address, {**NEW, "kind": "visit", "title": "Kunjungan <b>", "date": "2024"})
    assert (answer.status_code, Event.objects.filter(title__startswith="Kunjungan <b>").count()) == (404, 0)
    assert "Kunjungan &lt;b&gt;</textarea>" in answer.content.decode()


@pytest.mark.parametrize("prefix", ["/en/bandung/desk/partners/suwon/", "/en/bandung/partners/suwon/"])
def test_html_and_turned_text_in_a_name_are_shown_as_letters(suwon: Partnership, client: Client, prefix: str) -> None:
    evil = "<script>alert(1)</script>\u202egnudnaB\u2066 & Suwon"
    client.post(desk("enter-event", partner="suwon"), {**NEW, "kind": "visit", "title": evil, "date": "2024"})
    assert Event.objects.order_by("-pk")[0].title == "<script>alert(1)</script>gnudnaB & Suwon"
    page = client.get(prefix).content.decode()
    assert ("&lt;script&gt;alert(1)&lt;/script&gt;gnudnaB &amp; Suwon" in page, "<script>alert" in page) == (
        True,
        False,
    )
    assert re.search("[\u202a-\u202e\u2066-\u2069]", page) is None


@pytest.mark.parametrize("language", ["id", "en", "ko", "zh-hans"])
def test_a_length_stands_in_its_form_in_words_where_they_mean_the_same(language: str) -> None:
    field = LengthField()
    with translation.override(language):
        shown = [field.prepare_value(code) for code in ("P5Y", "P1Y6M", "P18M", "P90D", "", "as agreed", None)]
        assert [field.clean(words) for words in shown[:2]] == ["P5Y", "P1Y6M"]
    words = {"id": "5 tahun", "en": "5 years", "ko": "5년", "zh-hans": "5年"}
    assert (shown[0], shown[2:]) == (words[language], ["P18M", "P90D", "", "as agreed", None])
