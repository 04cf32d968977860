from types import MappingProxyType

import pytest

from kembar.access.permissions import ANONYMOUS, SYSTEM, Actor, NotAllowed, Role
from kembar.cities import actions, queries
from kembar.cities.actions import WrongCity
from kembar.cities.models import LocalGovernment, LocalGovernmentName
from kembar.cities.queries import UnknownCity
from kembar.journal.models import Entry

pytestmark = pytest.mark.django_db

OFFICER = Actor(person_id=7, label="Ani", roles=MappingProxyType({1: frozenset({Role.OFFICER})}))
READER = Actor(person_id=8, label="Budi", roles=MappingProxyType({1: frozenset({Role.READER})}))


def test_a_city_of_the_world_is_kept_with_its_names_and_what_it_belongs_to():
    daegu = actions.adopt(queries.find("대구"), by=OFFICER)
    assert (daegu.english_name, daegu.native_name, daegu.country, daegu.level, daegu.rank) == (
        "Daegu",
        "대구",
        "KR",
        "metropolitan_city",
        1,
    )
    assert (daegu.slug, daegu.geonameid, daegu.official_code, daegu.time_zone) == (
        "daegu",
        1835329,
        "KR-27",
        "Asia/Seoul",
    )
    assert [daegu.name_in(language) for language in ("id", "en", "ko", "zh-hans")] == [
        "Daegu",
        "Daegu",
        "대구",
        "大邱",
    ]
    bandung = actions.adopt("geonames:1650357", by=OFFICER)
    assert (bandung.parent.name_in("id"), bandung.parent.name_in("en"), bandung.parent.parent) == (
        "Jawa Barat",
        "West Java",
        None,
    )


def test_adopting_again_changes_nothing():
    first = actions.adopt(queries.find("Nanning"), by=SYSTEM)
    before = (LocalGovernment.objects.count(), LocalGovernmentName.objects.count(), Entry.objects.count())
    assert actions.adopt(queries.find("南宁"), by=SYSTEM) == first
    assert (LocalGovernment.objects.count(), LocalGovernmentName.objects.count(), Entry.objects.count()) == before


def test_each_adoption_is_in_the_journal():
    nanning = actions.adopt(queries.find("Nanning"), by=OFFICER)
    entry = Entry.objects.get(subject=f"city:{nanning.pk}")
    assert (entry.verb, entry.actor, entry.office_id, entry.facts) == (
        "city.adopted",
        "Ani",
        None,
        {"name": "Nanning, CN"},
    )


def test_namesakes_have_addresses_of_their_own():
    city = actions.adopt(queries.find("Kyoto"), by=SYSTEM)
    assert (city.slug, city.level, city.parent.slug, city.parent.level) == (
        "kyoto-jp",
        "city",
        "kyoto",
        "prefecture",
    )
    regency = actions.adopt("ID:32.04", by=SYSTEM)
    bandung = actions.adopt("ID:32.73", by=SYSTEM)
    assert (regency.name_in("id"), bandung.name_in("id"), {regency.slug, bandung.slug}) == (
        "Kabupaten Bandung",
        "Bandung",
        {"bandung", "bandung-id"},
    )


def test_a_city_reached_by_its_code_and_by_its_id_is_one():
    assert actions.adopt("ID:32.73", by=SYSTEM) == actions.adopt("geonames:1650357", by=SYSTEM)


@pytest.mark.parametrize("key", ["geonames:1", "geonames:x", "ID:99.99", "", "own:nowhere", "geonames:" + "9" * 5000])
def test_a_key_that_names_nothing_is_refused(key):
    with pytest.raises(UnknownCity):
        actions.adopt(key, by=SYSTEM)
    assert LocalGovernment.objects.count() == 0


@pytest.mark.parametrize("who", [ANONYMOUS, READER])
def test_who_keeps_no_register_adopts_no_city(who):
    with pytest.raises(NotAllowed):
        actions.adopt("geonames:1650357", by=who)


def test_a_government_the_world_file_lacks_is_added_by_hand_and_found():
    village = actions.add(
        by=SYSTEM, country="JP", level="village", names={"en": "Kitadaito\u200b", "ja": "北大東村", "ko": "기타다이토"}
    )
    assert (village.english_name, village.slug, village.key) == ("Kitadaito", "kitadaito", "own:kitadaito")
    assert [queries.find(name).key for name in ("KITADAITO", "北大東村", "기타다이토")] == [village.key] * 3
    assert [place.key for place in queries.search("kitada")] == [village.key]
    assert actions.adopt(village.key, by=OFFICER) == village


@pytest.mark.parametrize(
    ("reason", "wrong"),
    [
        ("country", {"country": "XX"}),
        ("country", {"country": "jp"}),
        ("level", {"level": "galaxy"}),
        ("name", {"names": {}}),
        ("name", {"names": {"en": "\u200b"}}),
        ("name", {"names": {"en": "村"}}),
        ("name", {"names": {"en": "x" * 201}}),
        ("language", {"names": {"en": "A town", "xx": "?"}}),
        ("position", {"latitude": 91.0, "longitude": 0.0}),
        ("position", {"latitude": 1.0}),
    ],
)
def test_a_government_that_cannot_be_is_refused(reason, wrong):
    right = {"country": "JP", "level": "village", "names": {"en": "Kitadaito"}}
    with pytest.raises(WrongCity) as refused:
        actions.add(by=SYSTEM, **(right | wrong))
    assert (refused.value.reason, LocalGovernment.objects.count()) == (reason, 0)


def test_an_officer_adds_no_city_for_every_office():
    with pytest.raises(NotAllowed):
        actions.add(by=OFFICER, country="JP", level="village", names={"en": "Kitadaito"})


def test_a_new_usual_name_is_shown_and_the_old_one_still_finds():
    toyota = actions.adopt(queries.find("Toyota", country="JP"), by=SYSTEM)
    actions.set_name(toyota, by=SYSTEM, language="ko", text="도요타시")
    again = queries.by_id(toyota.pk)
    assert (queries.name_in(again, language="ko"), queries.ids_named("도요타")) == ("도요타시", [toyota.pk])
    assert set(again.names.filter(language="ko").values_list("text", "is_usual")) == {
        ("도요타시", True),
        ("도요타", False),
        ("도요다", False),
    }
    entry = Entry.objects.get(verb="city.renamed")
    assert entry.facts == {"language": "ko", "before": "도요타", "after": "도요타시"}


@pytest.mark.parametrize(("language", "text", "reason"), [("xx", "Toyota", "language"), ("ko", " \u200b", "name")])
def test_a_name_that_is_none_is_refused(language, text, reason):
    toyota = actions.adopt(queries.find("Toyota", country="JP"), by=SYSTEM)
    with pytest.raises(WrongCity) as refused:
        actions.set_name(toyota, by=SYSTEM, language=language, text=text)
    assert refused.value.reason == reason


def test_an_office_is_opened_once():
    bandung = actions.adopt(queries.find("Bandung", country="ID"), by=SYSTEM)
    assert not queries.has_office()
    office = actions.open_office(by=SYSTEM, slug="bandung", local_government=bandung)
    assert actions.open_office(by=SYSTEM, slug="bandung", local_government=bandung) == office
    assert (queries.office("bandung"), list(queries.offices()), queries.has_office()) == (office, [office], True)
    assert Entry.objects.filter(verb="office.opened").count() == 1
    with pytest.raises(queries.NoSuchOffice):
        queries.office("atlantis")
