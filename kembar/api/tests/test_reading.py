"""What programs read: the same as on the pages, page by page, again only when something has changed."""

import gzip
import json
from collections.abc import Callable
from datetime import date

import pytest

from kembar.api.tests.conftest import Program
from kembar.cities.models import Office
from kembar.journal.actions import touch
from kembar.public.lines import leg_lines, partnership_lines

pytestmark = pytest.mark.django_db


def everything(program: Program, path: str) -> list[dict[str, object]]:
    """All pages of a list, by following the field `next`."""
    found, where = [], path
    while where:
        page = program.get(where)
        found += page["items"]
        where = (page["next"] or "").partition("/api/v1")[2]
    return found


def test_the_register_is_the_one_of_the_command_on_any_day(visitor: Program, bandung: Office) -> None:
    for on in ("2025-03-26", "1998-01-01"):
        items = everything(visitor, f"/partnerships?on={on}&size=3")
        told = [(item["name"], item["kind"], item["legal_state"], item["sister_city"], item["agreements"],
                 item["open_claims"]) for item in items]  # fmt: skip
        same = [
            (line["partner"], line["kind"], line["headline"], line["sister_city"], line["instruments"],
             line["open_claims"])
            for line in partnership_lines(bandung, on=date.fromisoformat(on))
        ]  # fmt: skip
        assert told == same
        assert len(told) > 0


def test_a_partner_has_its_names_in_every_language_and_its_dates_as_far_as_they_are_known(visitor: Program) -> None:
    [suwon] = visitor.get("/partnerships?q=수원&on=2025-03-26")["items"]
    assert suwon == {
        "slug": "suwon",
        "page": "http://localhost:8000/bandung/partners/suwon/",
        "name": "Suwon",
        "names": {"id": "Suwon", "en": "Suwon", "ko": "수원", "zh": "水原"},
        "native_name": "수원",
        "institution": None,
        "country": "KR",
        "kind": "sister",
        "legal_state": suwon["legal_state"],
        "activity": suwon["activity"],
        "since": {"edtf": "1997-08", "precision": "month", "earliest": "1997-08-01", "latest": "1997-08-31"},
        "until": suwon["until"],
        "sister_city": suwon["sister_city"],
        "agreements": suwon["agreements"],
        "open_claims": suwon["open_claims"],
    }


def test_filters_narrow_the_register(visitor: Program) -> None:
    every = everything(visitor, "/partnerships")
    for name, key in (("country", "country"), ("kind", "kind"), ("state", "legal_state")):
        value = every[0][key]
        assert everything(visitor, f"/partnerships?{name}={value}") == [one for one in every if one[key] == value]


def test_a_file_holds_the_papers_and_events_that_the_lists_hold(visitor: Program) -> None:
    file = visitor.get("/partnerships/suwon?on=2025-03-26")
    assert file["on"] == "2025-03-26"
    by_id = sorted(file["agreements"], key=lambda paper: int(paper["id"]))
    assert by_id == everything(visitor, "/agreements?partnership=suwon&on=2025-03-26&size=1")
    assert file["events"] == everything(visitor, "/events?partnership=suwon")
    assert [visitor.get(f"/agreements/{paper['id']}?on=2025-03-26") for paper in by_id] == by_id
    assert len(by_id) > 0


def test_every_paper_of_the_office_has_the_state_its_file_gives_it(visitor: Program) -> None:
    papers = everything(visitor, "/agreements?on=2025-03-26")
    for slug in {str(paper["partnership"]) for paper in papers}:
        file = visitor.get(f"/partnerships/{slug}?on=2025-03-26")
        held = {paper["id"]: paper for paper in file["agreements"]}
        assert held == {paper["id"]: paper for paper in papers if paper["partnership"] == slug}


def test_lead_times_are_those_of_the_command(visitor: Program, bandung: Office) -> None:
    told = [
        {"partner": leg["partner"], "leg": leg["leg"], "from": leg["from"], "to": leg["to"], "days": leg["days"]}
        for leg in everything(visitor, "/lead-times?size=2")
    ]
    assert told == list(leg_lines(bandung))
    assert len(told) > 0


def test_each_claim_leads_to_its_source_and_each_source_counts_its_claims(visitor: Program) -> None:
    claims = everything(visitor, "/claims?size=100")
    sources = everything(visitor, "/sources?size=100")
    for source in sources:
        of_it = [claim for claim in claims if claim["source"] == source["id"]]
        assert (len(of_it), {claim["source_title"] for claim in of_it} or {source["title"]}) == (
            source["claims"],
            {source["title"]},
        )
    assert visitor.get(f"/sources/{sources[0]['id']}") == sources[0]
    one = visitor.get(f"/claims/{claims[0]['id']}")
    assert one | {"seen": None} == claims[0]


def test_who_decided_is_told_to_the_office_alone(visitor: Program, officer: Program) -> None:
    assert {claim["decided_by"] for claim in everything(visitor, "/claims?decision=accepted")} == {None}
    assert None not in {claim["decided_by"] for claim in everything(officer, "/claims?decision=accepted")}


def test_cities_are_found_in_any_script(visitor: Program) -> None:
    [nanning] = visitor.get("/cities?q=南宁&limit=1")["items"]
    assert (nanning["name"], nanning["country"], nanning["geonameid"]) == ("Nanning", "CN", 1799869)


def test_offices_say_which_day_it_is_with_them(visitor: Program, bandung: Office) -> None:
    [office] = visitor.get("/offices")["items"]
    assert (office["slug"], office["city"], office["today"]) == ("bandung", "Bandung", bandung.today().isoformat())


def test_a_list_names_its_other_pages_in_the_header_link(visitor: Program) -> None:
    answer = visitor.ask("/partnerships?size=2&page=2&kind=sister")
    base = "http://localhost:8000/api/v1/partnerships?size=2&kind=sister"
    assert answer.headers["Link"] == f'<{base}>; rel="first", <{base}>; rel="prev", <{base}&page=3>; rel="next"'
    assert json.loads(answer.content)["next"] == f"{base}&page=3"


def test_an_answer_that_has_not_changed_is_not_sent_again(visitor: Program, officer: Program, bandung: Office) -> None:
    for program in (visitor, officer):
        first = program.ask("/partnerships")
        again = program.ask("/partnerships", If_None_Match=first.headers["ETag"])
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
        assert program.ask("/partnerships").content == first.content
        touch(office_id=bandung.pk)
        changed = program.ask("/partnerships", If_None_Match=first.headers["ETag"])
        assert (changed.status_code, changed.content) == (200, first.content)


def test_an_answer_with_a_token_and_one_without_are_two(visitor: Program, officer: Program) -> None:
    tags = {program.ask("/claims").headers["ETag"] for program in (visitor, officer)}
    assert len(tags) == 2
    assert visitor.ask("/claims").headers["Cache-Control"] == "no-cache"
    answer = officer.ask("/claims")
    assert (answer.headers["Cache-Control"], answer.headers["Vary"]) == (
        "private, no-cache",
        "Authorization, Accept-Encoding",
    )


def test_head_gives_the_headers_of_get_alone(visitor: Program) -> None:
    get, head = visitor.ask("/partnerships"), visitor.ask("/partnerships", "HEAD")
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", get.headers["ETag"])


@pytest.mark.parametrize(
    "path", ["/partnerships", "/agreements", "/events", "/lead-times", "/commitments", "/sources", "/claims"]
)
def test_a_list_costs_the_same_however_long_it_is(
    path: str, visitor: Program, bandung: Office, count_queries: Callable[[str], int]
) -> None:
    assert len(everything(visitor, path + "?size=100")) >= (0 if path == "/commitments" else 3)
    assert count_queries(f"{path}?size=1") == count_queries(f"{path}?size=100")


def test_an_answer_is_packed_for_who_can_unpack_it_and_the_same(visitor: Program, officer: Program) -> None:
    for program in (visitor, officer):
        plain = program.ask("/partnerships")
        for _ in range(2):  # made anew, then as it was kept
            packed = program.ask("/partnerships", **{"Accept-Encoding": "gzip"})
            assert (packed.headers["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", plain.content)
        assert packed.headers["ETag"] == plain.headers["ETag"]
        assert "Accept-Encoding" in plain.headers["Vary"]
        refused = program.ask("/partnerships", **{"Accept-Encoding": "gzip;q=0"})
        assert "Content-Encoding" not in refused.headers
