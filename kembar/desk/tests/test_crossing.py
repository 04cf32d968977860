"""The page on which a case goes over to another version of the law."""

from django.test import Client
from django.urls import reverse

from kembar.access.permissions import SYSTEM
from kembar.cities.models import Office
from kembar.desk.tests.test_cases import desk, opened, send
from kembar.procedure.actions import bring_in
from kembar.procedure.models import RoadChange
from kembar.procedure.tests.test_crossing import MERGED
from kembar.procedure.tests.walking import TO_COUNCIL, now, walk


def test_without_another_law_in_force_the_page_says_so(bandung: Office, client: Client) -> None:
    case = opened(bandung)
    answer = client.get("/en" + desk("case-road", number=case.pk))
    assert (answer.templates[0].name, answer.context["roads"]) == ("desk/road_choice.html", [])
    assert client.get(desk("case-road", number=case.pk) + "?road=partner-cn@1").status_code == 404
    assert client.get("/en" + desk("case", number=case.pk)).context["sheet"].may_go_over is False


def test_what_is_kept_and_lost_is_shown_before_and_confirmed_one_by_one(bandung: Office, client: Client) -> None:
    case = opened(bandung)
    walk(case, *TO_COUNCIL[:5], on="2021-02-03")
    bring_in(MERGED, by=SYSTEM)
    sheet = client.get("/en" + desk("case", number=case.pk)).context["sheet"]
    assert (sheet.may_go_over, sheet.newer.endswith("version 2, in force from 1 January 2025")) == (True, True)
    page = client.get("/en" + desk("case-road", number=case.pk)).context
    assert [(group.heading, group.lines, group.loss) for group in page["groups"]] == [
        ("Counts on", ["Initiative", "Letter of intent", "Cooperation plan"], False),
        (
            "Counts no more; it stays in the story and in the register",
            ["Exploration", "Council commission"],
            True,
        ),
        ("New on this road", ["Council commission"], False),
    ]
    typed = {"on": "2025-06-01", "reason": "Permendagri baru", "becomes-initiative": "initiative",
             "becomes-letter_of_intent": "letter_of_intent", "becomes-cooperation_plan": "cooperation_plan",
             "becomes-council_commission": "first_look"}  # fmt: skip
    told = send(client, case, "case-road", prefix="/en", **typed)
    assert told.context["done"].doubts == [
        ("lost:exploration", "This was done and counts no more: Exploration"),
    ]
    done = send(client, case, "case-road", confirmed=told.context["done"].codes, **typed)
    assert (done.status_code, done.headers["Location"]) == (302, desk("case", number=case.pk) + "?saved=1")
    assert (now(case).template.name, RoadChange.objects.get().entered_by) == ("id-ksdpl@2", "Sari")
    after = client.get("/en" + desk("case", number=case.pk)).context
    assert [(one.on, one.reason, one.who) for one in after["sheet"].decided] == [
        ("1 June 2025", "Permendagri baru", "Sari")
    ]
    assert after["history"][0].what == (
        f"case “{case.subject}”: went over to another version of the procedure. Permendagri baru"
    )


def test_a_law_that_asks_for_less_is_read_by_everyone(bandung: Office, client: Client) -> None:
    case = opened(bandung)
    start = MERGED.index('[[step]]\ncode = "ministerial_approval"')
    end = MERGED.index("[[step]]", start + 1)
    bring_in(MERGED[:end] + "optional = true\n" + MERGED[end:], by=SYSTEM)
    confirmed = "waived:ministerial_approval waived:council_commission"
    typed = {"on": "2025-06-01", "reason": "Permendagri baru", "confirmed": confirmed}
    done = send(client, case, "case-road", **typed)
    assert done.status_code == 302
    page = client.get("/en" + reverse("public:partner", kwargs={"office": "bandung", "partner": "nanning"}))
    assert page.context["aside"] == [
        (name, "Permendagri baru") for name in ("meeting of the council commission", "approval by the minister")
    ]
