"""A file is opened once, belongs to one office, and keeps its events."""

import pytest

from kembar.access.permissions import ANONYMOUS, SYSTEM, NotAllowed
from kembar.cities.actions import adopt, open_office
from kembar.cities.models import LocalGovernment, Office
from kembar.cities.queries import find
from kembar.lib.dates import parse_edtf
from kembar.partnerships import queries
from kembar.partnerships.actions import InstitutionMissing, Settled, note_event, open_file, settle_events
from kembar.partnerships.models import Event, Partnership

pytestmark = pytest.mark.django_db


def city(name: str, country: str) -> LocalGovernment:
    return adopt(find(name, country=country), by=SYSTEM)


@pytest.fixture
def bandung() -> Office:
    return open_office(by=SYSTEM, slug="bandung", local_government=city("Bandung", "ID"))


@pytest.fixture
def daegu() -> Office:
    return open_office(by=SYSTEM, slug="daegu", local_government=city("Daegu", "KR"))


def test_a_file_is_opened_once(bandung: Office) -> None:
    first = open_file(by=SYSTEM, office=bandung, partner=city("Suwon", "KR"), kind="sister")
    assert open_file(by=SYSTEM, office=bandung, partner=city("Suwon", "KR"), kind="sister") == first


def test_two_offices_that_cooperate_hold_a_file_each(bandung: Office, daegu: Office) -> None:
    mine = open_file(by=SYSTEM, office=bandung, partner=daegu.local_government, kind="sister")
    theirs = open_file(by=SYSTEM, office=daegu, partner=bandung.local_government, kind="sister")
    assert (mine.slug, theirs.slug) == ("daegu", "bandung")
    with pytest.raises(queries.NoSuchPartnership):
        queries.file("bandung", office_id=bandung.pk)


def test_a_second_file_on_the_same_city_has_an_address_of_its_own(bandung: Office) -> None:
    partner = city("Kawasaki", "JP")
    slugs = [open_file(by=SYSTEM, office=bandung, partner=partner, kind=kind).slug for kind in ("thematic", "sister")]
    assert slugs == ["kawasaki", "kawasaki-jp"]


def test_an_institution_is_named_and_a_city_is_not_one(bandung: Office) -> None:
    seat = city("Seoul", "KR")
    with pytest.raises(InstitutionMissing):
        open_file(by=SYSTEM, office=bandung, partner=seat, kind="network")
    with pytest.raises(InstitutionMissing):
        open_file(by=SYSTEM, office=bandung, partner=seat, kind="sister", institution="CityNet")
    assert open_file(by=SYSTEM, office=bandung, partner=seat, kind="network", institution="CityNet").slug == "citynet"
    assert Partnership.objects.count() == 1


def test_a_visitor_opens_nothing(bandung: Office) -> None:
    with pytest.raises(NotAllowed):
        open_file(by=ANONYMOUS, office=bandung, partner=city("Suwon", "KR"), kind="sister")
    assert Partnership.objects.count() == 0


def test_the_same_event_is_noted_once(bandung: Office) -> None:
    file = open_file(by=SYSTEM, office=bandung, partner=city("Suwon", "KR"), kind="sister")
    day = parse_edtf("2011")
    first = note_event(by=SYSTEM, partnership=file, kind="visit", title="Delegation from Suwon", date=day)
    again = note_event(by=SYSTEM, partnership=file, kind="visit", title="Delegation from Suwon", date=day)
    assert (again, [event.title for event in queries.events_of(file)]) == (first, ["Delegation from Suwon"])


def test_settling_an_event_tells_whether_anything_changed(bandung: Office) -> None:
    file = open_file(by=SYSTEM, office=bandung, partner=city("Suwon", "KR"), kind="sister")
    event = note_event(by=SYSTEM, partnership=file, kind="visit", title="Delegation", date=parse_edtf("2011"))
    exact = parse_edtf("2011-05-04")
    done = [
        settle_events([Settled(Event.objects.get(pk=event.pk), exact, "accepted")], by=SYSTEM, office_id=bandung.pk)
        for _ in range(2)
    ]
    event.refresh_from_db()
    assert (done, event.date, event.date_earliest) == ([1, 0], exact, exact.earliest)


@pytest.mark.parametrize("key", ["partnership:999999", "partnership:x", "event:1", "partnership:1; drop"])
def test_a_file_that_is_not_there_is_not_found(bandung: Office, key: str) -> None:
    with pytest.raises(queries.NoSuchPartnership):
        queries.file_by_key(key, office_id=bandung.pk)
