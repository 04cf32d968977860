"""Cases at the desk: opened from a file, walked by form, refused with what to do, listed by who holds them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kembar.access.permissions import SYSTEM, Actor
from kembar.cities.models import Office
from kembar.lib.dates import parse_edtf
from kembar.partnerships.queries import file
from kembar.procedure.actions import Planned, open_case
from kembar.procedure.models import Case, Check, Override
from kembar.procedure.tests import walking
from kembar.procedure.tests.walking import GATES, TO_COUNCIL, do, now, walk
from tests.personas import dewi, jihoon, pak_hadi

pytestmark = pytest.mark.django_db
TYPED = {"kind": "new_tie", "subject": "Kota kembar Bandung dan Suwon", "opened_on": "2 Januari 2020",
         "scope": "kota cerdas\nkebudayaan"}  # fmt: skip


def desk(name: str, **parts: object) -> str:
    return reverse(f"desk:{name}", kwargs={"office": "bandung", **parts})


def opened(office: Office, slug: str = "nanning", **given: Any) -> Case:
    planned = Planned(kind="new_tie", subject=f"Bandung–{slug}", opened_on=parse_edtf("2020-01-02"), **given)
    return open_case(planned, by=SYSTEM, partnership=file(slug, office_id=office.pk), confirmed=("level_differs",))


def send(client: Client, case: Case, name: str, *, prefix: str = "", **given: Any) -> Any:
    parts = {key: given.pop(key) for key in ("step", "deed", "requirement") if key in given}
    address = prefix + desk(name, number=case.pk, **parts)
    return client.post(address, {"opened_with": now(case).version, **given})


def test_a_case_is_opened_from_the_file_of_its_partner(bandung: Office, client: Client) -> None:
    answer = client.post(desk("open-case", partner="suwon"), TYPED)
    case = Case.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, desk("case", number=case.pk) + "?saved=1")
    assert (case.scope_items, case.step, case.partnership.slug) == (
        ["kota cerdas", "kebudayaan"],
        "initiative",
        "suwon",
    )
    page = client.get("/en" + desk("partner", partner="suwon"))
    assert [row.case.pk for row in page.context["cases"]] == [case.pk]


def test_the_page_begins_with_the_next_step_its_law_and_that_no_deadline_is_known(
    bandung: Office, client: Client
) -> None:
    case = opened(bandung)
    walk(case, *TO_COUNCIL[:2], on="2021-02-03")
    sheet = client.get("/en" + desk("case", number=case.pk)).context["sheet"]
    assert (sheet.next.step.name, sheet.next.step.deadline, [rule.rule for rule in sheet.law]) == (
        "Letter of intent",
        "not known",
        ["Permendagri 25/2020"],
    )
    assert sheet.typical == "No past case of this office tells how long this takes."
    assert (len(sheet.checks), len(sheet.missing)) == (9, 6)


def test_the_whole_road_is_walked_by_form(bandung: Office, client: Client) -> None:
    case = opened(bandung)
    for step in (*TO_COUNCIL, *GATES):
        more = {"signatory": "Muhammad Farhan", "confirmed": "duplicate similar"}
        answer = send(client, case, "step-done", step=step, on="3 Februari 2026", **more)
        assert answer.status_code == 302, (step, answer.context["form"].errors, answer.context["done"])
    signed = {"on": "4 Maret 2026", "languages": "id, en", "prevailing": "en", "term": "5 tahun", "scope": "kebudayaan"}
    assert send(client, case, "step-done", step="signing", **signed).status_code == 302
    for step in ("deposit", "certified_copies"):
        send(client, case, "step-done", step=step, on="5 April 2026")
    send(client, case, "case-move", deed="close", on="6 April 2026")
    assert (now(case).standing, now(case).stage) == ("closed", "deposited")
    assert client.get(desk("case", number=case.pk)).context["sheet"].moves == []


def test_what_the_register_holds_already_is_not_entered_twice(bandung: Office, client: Client) -> None:
    case = opened(bandung, "daegu")
    walk(case, "initiative", "exploration", on="2022")
    page = client.get(desk("step-done", number=case.pk, step="letter_of_intent"))
    (known,) = [key for key, _ in page.context["form"].fields["known"].choices if key]
    papers = case.partnership.instruments.count()
    send(client, case, "step-done", step="letter_of_intent", on="26 Oktober 2022", known=known)
    assert (now(case).stage, case.partnership.instruments.count()) == ("loi_signed", papers)


def test_what_is_planned_stands_on_the_page_and_is_changed_by_form(bandung: Office, client: Client) -> None:
    case = opened(bandung, scope=("kota cerdas",), planned_term="P5Y")
    assert client.get(desk("case", number=case.pk)).context["sheet"].plan.term == "5 tahun"
    form = client.get(desk("case-plan", number=case.pk)).context["form"]
    assert [name for name in form.fields if name in ("kind", "opened_on")] == []
    typed = {"subject": case.subject, "scope": "kota cerdas\npariwisata", "planned_term": "3 tahun"}
    assert send(client, case, "case-plan", **typed).status_code == 302
    plan = client.get(desk("case", number=case.pk)).context["sheet"].plan
    assert (plan.scope, plan.term, plan.may_change) == (["kota cerdas", "pariwisata"], "3 tahun", True)


def test_a_case_that_is_over_leads_to_a_new_one_with_the_same_plan(bandung: Office, client: Client) -> None:
    case = opened(bandung, scope=("kota cerdas",), objects=("culture",))
    send(client, case, "case-move", deed="withdraw", on="3 Januari 2020", reason="Mitra mundur")
    page = client.get(desk("case", number=case.pk))
    assert (page.context["sheet"].moves, [line.open for line in page.context["sheet"].lines if line.open]) == ([], [])
    address = f"{desk('open-case', partner='nanning')}?from={case.pk}"
    assert f'href="{address}"' in page.content.decode()
    initial = client.get(address).context["form"].initial
    assert (initial["subject"], initial["scope"], initial["objects"]) == (case.subject, "kota cerdas;", ["culture"])
    assert "subject" not in client.get(f"{desk('open-case', partner='suwon')}?from={case.pk}").context["form"].initial


def test_the_history_of_a_case_tells_days_requirements_and_rules(bandung: Office, client: Client) -> None:
    case = opened(bandung)
    send(client, case, "step-done", step="initiative", on="3 Januari 2020", number="400/1")
    send(client, case, "case-check", requirement="people", result="not_met", evidence="Belum")
    told = [line.what for line in client.get("/en" + desk("case", number=case.pk)).context["history"]]
    assert told[:2] == [
        "noted in the case “Bandung–nanning”: checked “It brings the people of both closer together”: not met. Belum",
        "noted in the case “Bandung–nanning”: Initiative done (3 January 2020). 400/1",
    ]


def test_a_rule_in_the_way_is_told_and_set_aside_with_a_reason(bandung: Office, client: Client) -> None:
    case = opened(bandung, objects=("science",))
    walk(case, *TO_COUNCIL, *GATES, on="2021-02-03")
    page = send(client, case, "step-done", prefix="/en", step="signing", on="3 Februari 2022")
    told = "Science and technology need a plan to pass them on: check that requirement first."
    assert page.context["done"].hindered == [(told, "transfer_plan")]
    aside = desk("case-set-aside", number=case.pk)
    assert client.get(f"{aside}?rule=no_relations").status_code == 404
    client.post(f"{aside}?rule=transfer_plan", {"opened_with": now(case).version, "reason": "Tidak ada alih teknologi"})
    assert Override.objects.get().reason == "Tidak ada alih teknologi"
    assert send(client, case, "step-done", step="signing", on="3 Februari 2022").status_code == 302


def test_what_cannot_be_is_told_beside_its_field(bandung: Office, client: Client) -> None:
    case = opened(bandung)
    do(case, "initiative", "2021-02-03")
    page = send(client, case, "step-done", prefix="/en", step="exploration", on="1 January 2021", note="Kunjungan")
    assert page.context["form"].errors == {"on": ["This lies before the day of the step that comes before it."]}
    assert "Kunjungan" in page.content.decode()
    page = send(client, case, "case-move", prefix="/en", deed="suspend", on="2022", reason="")
    assert [error.code for error in page.context["form"].errors.as_data()["reason"]] == ["required"]
    assert now(case).standing == "running"


def test_a_requirement_is_checked_with_what_shows_it(bandung: Office, client: Client) -> None:
    case = opened(bandung)
    page = send(client, case, "case-check", prefix="/en", requirement="relations", result="met", evidence="")
    assert page.context["form"].errors == {"evidence": ["This is needed."]}
    send(client, case, "case-check", requirement="relations", result="met", evidence="kemlu.go.id")
    assert (Check.objects.get().checker, Check.objects.get().evidence) == ("Sari", "kemlu.go.id")


def test_the_council_reads_item_by_item_what_was_approved_and_what_was_signed(bandung: Office, client: Client) -> None:
    case = opened(bandung)
    walk(case, *TO_COUNCIL[:-1], on="2021-02-03")
    do(case, "council_plenary", "2021-06-17", scope=("kota cerdas", "kebudayaan"), term="P5Y")
    walk(case, *GATES, on="2022-05-06")
    do(case, "signing", "2022-06-07", scope=("kota cerdas", "ketahanan bencana"), term="P4Y", clearance="Surat DPRD 12")
    sheet = client.get("/en" + desk("case-council", number=case.pk)).context["sheet"]
    assert [(one.approved, one.signed, one.clearance) for one in sheet.items] == [
        ("kota cerdas", "kota cerdas", ""),
        ("kebudayaan", "", ""),
        ("", "ketahanan bencana", "Surat DPRD 12"),
    ]
    assert (sheet.approved_term, sheet.signed_term, sheet.days_with_council) == ("5 years", "4 years", 134)


def test_all_files_at_one_authority_stand_in_one_list(bandung: Office, client: Client) -> None:
    at_council, at_office = opened(bandung), opened(bandung, "toyota")
    walk(at_council, *TO_COUNCIL[:-1], on="2021-02-03")
    page = client.get("/en" + desk("cases") + "?holder=council")
    assert [row.case.pk for row in page.context["rows"]] == [at_council.pk]
    assert sorted(desk[:2] for desk in page.context["desks"]) == [("Cooperation office", 1), ("Council (DPRD)", 1)]
    assert "Waiting for: Council (DPRD), since " in page.content.decode()
    send(client, at_office, "case-move", deed="chase", on="2 Maret 2026", reason="Surat 12")
    assert str(now(at_office).chased_on) == "2026-03-02"


def test_the_list_of_cases_costs_the_same_however_long(
    bandung: Office, client: Client, same_queries: Callable[..., None]
) -> None:
    opened(bandung)
    same_queries("/en" + desk("cases"), lambda: opened(bandung))


def test_the_filter_by_partner_is_read_once_and_knows_a_new_file_at_once(bandung: Office, client: Client) -> None:
    def offered() -> list[str]:
        page = client.get("/en" + desk("cases"))
        return [value for value in ("nanning", "busan") if f'value="{value}"' in page.content.decode()]

    assert offered() == ["nanning"]
    with CaptureQueriesContext(connection) as asked:
        assert offered() == ["nanning"]
    assert [query for query in asked.captured_queries if 'FROM "agreements_instrument"' in query["sql"]] == []
    walking.file(bandung, "Busan", "KR")
    assert offered() == ["nanning", "busan"]


def test_what_the_list_shows_is_taken_along_as_a_file_with_its_filters(bandung: Office, client: Client) -> None:
    walk(opened(bandung), *TO_COUNCIL[:-1], on="2021-02-03")
    opened(bandung, "toyota")
    page = client.get("/en" + desk("cases") + "?holder=council")
    address = dict(page.context["exports"])["JSON"]
    [line] = json.loads(b"".join(client.get(address).streaming_content))
    assert {name: line[name] for name in ("case", "partner", "lying_at", "since", "next_step")} == {
        "case": "Bandung–nanning",
        "partner": "Nanning",
        "lying_at": "Council (DPRD)",
        "since": "2021-02-03",
        "next_step": "Approval by the council plenary",
    }
    every = json.loads(b"".join(client.get("/en" + desk("cases-file", extension="json")).streaming_content))
    assert len(every) == 2
    assert b"".join(client.get(desk("cases-file", extension="csv")).streaming_content).count(b"\r\n") == 3


def test_a_forecast_says_how_few_cases_it_is_judged_from(bandung: Office, client: Client) -> None:
    walk(opened(bandung), *TO_COUNCIL, on=bandung.today().isoformat())
    page = client.get("/en" + desk("cases"))
    assert (page.context["rows"][0].forecast.count, page.content.decode().count("judged from a single past case.")) == (
        1,
        1,
    )


def test_a_view_of_the_cases_is_kept_apart_from_those_of_the_partners(bandung: Office, client: Client) -> None:
    kept = client.post(desk("save-view"), {"page": "cases", "name": "Di DPRD", "query": "holder=council"})
    assert (kept.status_code, kept.headers["Location"]) == (302, desk("cases") + "?holder=council")
    assert [view.name for view in client.get(desk("cases")).context["views"]] == ["Di DPRD"]
    assert list(client.get(desk("partners")).context["views"]) == []
    [view] = client.get(desk("cases")).context["views"]
    assert client.post(desk("drop-view", number=view.pk)).headers["Location"] == desk("cases")


@pytest.mark.parametrize("person", [pak_hadi, dewi])
def test_who_only_reads_moves_nothing(
    story: Office, as_person: Callable[[Actor], None], client: Client, person: Callable[..., Actor]
) -> None:
    case = opened(story)
    as_person(person(office_id=story.pk))
    page = client.get(desk("case", number=case.pk))
    assert (page.status_code, page.context["may_move"]) == (200, False)
    assert client.get(desk("step-done", number=case.pk, step="initiative")).status_code == 404
    assert client.get(desk("open-case", partner="suwon")).status_code == 404


def test_another_office_finds_no_case(story: Office, as_person: Callable[[Actor], None], client: Client) -> None:
    case = opened(story)
    as_person(jihoon(office_id=story.pk + 1))
    assert client.get(desk("case", number=case.pk)).status_code == 404
