"""One query of the ledger as list, board and month; views of it that are kept; one change to many promises."""

import json
from collections.abc import Callable
from itertools import count

import pytest
from django.test import Client

from kembar.access.permissions import SYSTEM, Actor
from kembar.cities.models import Office
from kembar.commitments.actions import drop, start
from kembar.commitments.models import Commitment
from kembar.commitments.tests.promising import file
from kembar.desk.tests.test_promises import desk, now, promise, taken_on
from kembar.lib.dates import parse_edtf
from kembar.partnerships.models import Partnership
from tests.members import office
from tests.personas import bu_ratna, dewi, sari

pytestmark = pytest.mark.django_db


@pytest.fixture
def bandung(as_person: Callable[[Actor], None]) -> Office:
    """An office with nothing on file and Sari at its desk: all that these pages need."""
    found = office("bandung")
    as_person(sari(office_id=found.pk))
    return found


@pytest.fixture
def suwon(bandung: Office) -> Partnership:
    return file(bandung, "Suwon", "KR")


VIEWS = ["commitments", "commitments-board", "commitments-calendar"]
NEXT = {"owner_post": "Dinas Pendidikan", "deputy_post": "Bagian Kerja Sama"}


def english(name: str, query: str = "") -> str:
    return "/en" + desk(name) + query


def chosen(*rows: Commitment) -> list[str]:
    return [f"{row.pk}:{now(row).version}" for row in rows]


def test_a_filter_goes_along_from_view_to_view_and_counts_the_same(suwon: Partnership, client: Client) -> None:
    taken_on(suwon, what="ours", due=parse_edtf("2950-03-05"))
    taken_on(suwon, what="theirs", side="partner")
    for name in VIEWS:
        page = client.get(english(name, "?side=own&month=2950-03"))
        assert [(tab.href, tab.here) for tab in page.context["tabs"]] == [
            (english(view, "?month=2950-03&side=own"), view == name) for view in VIEWS
        ]
        assert (page.context["total"], page.content.decode().count("theirs")) == (1, 0)


def test_the_board_counts_by_state_and_each_count_opens_its_list(suwon: Partnership, client: Client) -> None:
    for number in range(11):
        taken_on(suwon, what=f"late {number}")
    runs = taken_on(suwon, what="runs", due=parse_edtf("2950"))
    start(runs, by=SYSTEM, seen=runs.version)
    promise(suwon, what="waits")
    columns = client.get(english("commitments-board", "?partner=suwon")).context["columns"]
    assert [(column.code, column.number, len(column.rows), column.more) for column in columns] == [
        ("claimed", 1, 1, 0), ("overdue", 11, 10, 1), ("in_progress", 1, 1, 0),
    ]  # fmt: skip
    for column in columns:
        assert client.get(column.href).context["total"] == column.number


def test_the_list_begins_with_what_is_still_to_be_done_and_its_columns_sort_as_they_say(
    suwon: Partnership, client: Client
) -> None:
    for what, due in (("open", "2950"), ("late", "2025"), ("dropped", "2024")):
        taken_on(suwon, what=what, made_on=None, due=parse_edtf(due))
    drop(now(Commitment.objects.get(what="dropped")), by=SYSTEM, reason="x", on=parse_edtf("2025"), seen=2)

    def told(address: str) -> list[str]:
        return [row.promise.what for row in client.get(address).context["rows"]]

    page = client.get(english("commitments"))
    assert told(english("commitments")) == ["late", "open", "dropped"]
    by_day = page.context["listing"].sort_links["due"].href
    assert (by_day, told(by_day)) == (english("commitments", "?sort=due"), ["dropped", "late", "open"])
    back = client.get(by_day).context["listing"].sort_links
    assert (back["to_do"].href, back["due"].href) == (english("commitments"), english("commitments", "?sort=-due"))


def test_in_the_month_nothing_stands_on_a_day_that_is_not_known(suwon: Partnership, client: Client) -> None:
    for due in ("2950-10-13", "2950-10", "2950", "2950-11", "2949/2951"):
        taken_on(suwon, what=due, due=parse_edtf(due))
    page = client.get(english("commitments-calendar", "?month=2950-10"))
    month = page.context["month"]
    stands = {day.date.isoformat(): [row.promise.what for row in day.promises.rows]
              for day in month.days if day.promises}  # fmt: skip
    assert stands == {"2950-10-13": ["2950-10-13"]}
    assert [(band.heading, [row.promise.what for row in band.rows]) for band in month.bands] == [
        ("Some time in October 2950", ["2950-10"]), ("Some time in 2950", ["2950"]),
        ("Over a longer time", ["2949/2951"]),
    ]  # fmt: skip
    assert [month.previous_href, month.next_href] == [
        english("commitments-calendar", "?month=2950-09"), english("commitments-calendar", "?month=2950-11"),
    ]  # fmt: skip
    # What one sees is what the file holds, and what the day and the band list; a year beside the month adds nothing.
    for query in ("?month=2950-10", "?month=2950-10&due=2950"):
        kinds = dict(client.get(english("commitments-calendar", query)).context["exports"])
        rows = json.loads(b"".join(client.get(kinds["JSON"]).streaming_content))
        assert sorted(row["what"] for row in rows) == ["2949/2951", "2950", "2950-10", "2950-10-13"]
    [day] = [day for day in month.days if day.promises]
    assert [client.get(group.href).context["total"] for group in (day.promises, *month.bands)] == [1, 4, 4, 4]


@pytest.mark.parametrize(
    ("month", "ways"), [("2999-12", ["2999-11", ""]), ("2999-11", ["2999-10", "2999-12"]), ("1000-01", ["", "1000-02"])]
)
def test_no_link_leads_past_the_first_and_the_last_month(
    suwon: Partnership, client: Client, month: str, ways: list[str]
) -> None:
    shown = client.get(english("commitments-calendar", f"?month={month}"))
    found = [shown.context["month"].previous_href, shown.context["month"].next_href]
    assert found == [code and english("commitments-calendar", f"?month={code}") for code in ways]
    assert [shown.content.decode().count(f'rel="{way}"') for way in ("prev", "next")] == [
        int(bool(code)) for code in ways
    ]
    assert [client.get(href).status_code for href in found if href] == [200] * sum(map(bool, ways))


@pytest.mark.parametrize(
    "query", ["?month=2026-13", "?month=2026", "?month=x", "?due=2026-13", "?due=soon", "?whose=99"]
)
def test_what_is_no_month_no_day_and_nobody_is_said(suwon: Partnership, client: Client, query: str) -> None:
    assert client.get(english("commitments-calendar", query)).status_code == 400


def test_the_month_of_no_address_is_this_one_and_weeks_begin_on_monday(bandung: Office, client: Client) -> None:
    month = client.get(english("commitments-calendar")).context["month"]
    assert [day.is_today for day in month.days].count(True) == 1
    month = client.get(english("commitments-calendar", "?month=2026-11")).context["month"]
    # 1 November 2026 was a Sunday.
    assert (month.weekdays[0], month.days[0].column, len(month.days)) == ("Mon", 7, 30)


def test_a_filter_is_kept_under_a_name_for_every_view_of_the_ledger(bandung: Office, client: Client) -> None:
    given = {"name": "Terlambat", "query": "state=overdue&whose=mine", "page": "commitments-board"}
    answer = client.post(desk("save-view"), given)
    assert answer.headers["Location"] == desk("commitments-board") + "?state=overdue&whose=mine"
    kept = [client.get(desk(name)).context["views"] for name in VIEWS]
    assert [[view.name for view in views] for views in kept] == [["Terlambat"]] * 3
    assert list(client.get(desk("partners")).context["views"]) == []
    assert client.post(desk("drop-view", number=kept[0][0].pk)).headers["Location"] == desk("commitments")
    assert client.post(desk("save-view"), given | {"page": "today"}).status_code == 404


def test_many_are_changed_at_once_and_each_is_answered(suwon: Partnership, client: Client) -> None:
    first, second = promise(suwon, what="first"), promise(suwon, what="second")
    listed = client.get(english("commitments", "?state=claimed"))
    opened = client.get(listed.context["all_here"])
    assert [one.value for one in opened.context["rows"]] == chosen(first, second)
    start(taken_on(suwon, what="third"), by=SYSTEM, seen=2)
    third = Commitment.objects.get(what="third")
    sent = {"chosen": [*chosen(first), f"{second.pk}:7", *chosen(third)], "list": "state=claimed", **NEXT}
    page = client.post(english("change-commitments"), sent | {"due": "Maret 2950", "move": "accept"})
    assert [(one.row.promise.what, one.told, one.checked) for one in page.context["rows"]] == [
        ("first", "Done.", False),
        ("second", "A colleague changed it first. Look at it as it is now, and send again.", True),
        ("third", "From this state the step is not possible.", True),
    ]
    assert (page.context["done"].number, page.context["done"].refused) == (1, 2)
    assert page.context["listing"].href == english("commitments", "?state=claimed")
    kept = [(now(row).state, now(row).owner, now(row).due) for row in (first, second, third)]
    assert kept == [
        ("accepted", "post:Dinas Pendidikan", parse_edtf("2950-03")), ("claimed", "", parse_edtf("2025")),
        ("in_progress", "account:1", parse_edtf("2025")),
    ]  # fmt: skip
    # Sent again by mistake, nothing is done twice.
    again = client.post(english("change-commitments"), sent | {"due": "Maret 2950", "move": "accept"})
    assert again.context["done"].number == 0


def test_what_was_changed_at_once_is_told_in_one_line(suwon: Partnership, client: Client) -> None:
    rows = [taken_on(suwon, what=what) for what in ("one", "two")]
    given = {"chosen": chosen(*rows), "due": "2950", "move": "start"}
    assert client.post(english("change-commitments"), given).context["done"].number == 2
    told = [line.what for line in client.get(english("changes")).context["rows"]]
    assert told[:2] == ["noted that work on 2 promises has begun", "changed what is known of 2 promises"]


def test_a_refusal_names_the_field_and_nothing_chosen_is_said(suwon: Partnership, client: Client) -> None:
    row = promise(suwon)
    page = client.post(english("change-commitments"), {"chosen": chosen(row), "move": "accept"})
    assert [(one.told, one.refused) for one in page.context["rows"]] == [("Owner: This is needed.", True)]
    unsaid = "Choose at least one promise, and say what is to become of it."
    for given in ({"chosen": chosen(row)}, NEXT):
        page = client.post(english("change-commitments"), given)
        assert page.context["form"].non_field_errors() == [unsaid]
    page = client.post(english("change-commitments"), {"chosen": chosen(row), "due": "someday"})
    assert (list(page.context["form"].errors), now(row).version) == (["due"], 1)


def test_what_was_not_chosen_in_the_list_is_refused(bandung: Office, client: Client) -> None:
    for given in (["x"], ["1"], ["1:0"], ["0:1"], [f"{number}:1" for number in range(1, 102)]):
        assert client.post(english("change-commitments"), {"chosen": given, **NEXT}).status_code == 400


def test_a_promise_of_another_office_is_neither_shown_nor_changed(bandung: Office, client: Client) -> None:
    row = promise(file(office("daegu"), "Nanning", "CN"))
    page = client.post(english("change-commitments"), {"chosen": [f"{row.pk}:1"], **NEXT})
    assert (page.context["rows"], now(row).owner) == ([], "")


def test_who_may_only_read_finds_nothing_to_change_with(
    suwon: Partnership, as_person: Callable[[Actor], None], client: Client
) -> None:
    row = promise(suwon)
    as_person(dewi(office_id=suwon.office_id))
    for name in VIEWS:
        assert client.get(desk(name)).content.decode().count('name="chosen"') == 0
    assert client.get(desk("change-commitments")).status_code == 404
    assert client.post(desk("change-commitments"), {"chosen": chosen(row), **NEXT}).status_code == 404
    assert now(row).owner == ""


def test_the_head_is_told_on_today_of_promises_whose_owner_has_left(
    suwon: Partnership, as_person: Callable[[Actor], None], client: Client
) -> None:
    taken_on(suwon)
    promise(suwon, what="nobody’s yet")
    told = "1 promises whose owner or deputy has left"
    for who, noted in ((dewi, 0), (bu_ratna, 1)):
        as_person(who(office_id=suwon.office_id))
        page = client.get(english("today"))
        text = page.content.decode()
        assert text.count("One open promise is answered for by somebody who has left the office.") == noted
        [figure] = [one for one in page.context["counts"] if one.href.endswith("whose=left")]
        assert (f"{figure.number} {figure.label}", client.get(figure.href).context["total"]) == (told, 1)


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_costs_as_many_queries_with_three_promises_as_with_one(
    suwon: Partnership, same_queries: Callable[..., None], name: str
) -> None:
    numbers = count()
    due = parse_edtf("2950-03-05")
    same_queries(desk(name) + "?month=2950-03", lambda: taken_on(suwon, what=f"promise {next(numbers)}", due=due))
