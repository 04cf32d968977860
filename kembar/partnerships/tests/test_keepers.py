"""Who answers for a partner, where two files on one partner become one."""

import pytest

from kembar.access.permissions import SYSTEM
from kembar.cities.actions import adopt, open_office
from kembar.cities.queries import find
from kembar.journal.models import Entry
from kembar.partnerships.actions import merge_files, name_keepers, open_file

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("held", "becomes"), [("", "post:Dinas Pendidikan|post:Bappelitbang"), ("post:Camat", "post:Camat|")]
)
def test_the_file_that_stays_takes_over_who_answers_only_where_it_names_nobody(held: str, becomes: str) -> None:
    office = open_office(by=SYSTEM, slug="bandung", local_government=adopt(find("Bandung", country="ID"), by=SYSTEM))
    partner = adopt(find("Suwon"), by=SYSTEM)
    stays = open_file(by=SYSTEM, office=office, partner=partner, kind="sister")
    twin = open_file(by=SYSTEM, office=office, partner=partner, kind="friendship")
    name_keepers(stays, by=SYSTEM, owner=held, deputy="", seen="|")
    name_keepers(twin, by=SYSTEM, owner="post:Dinas Pendidikan", deputy="post:Bappelitbang", seen="|")
    twin.refresh_from_db()
    merge_files(twin, into=stays, by=SYSTEM, reason="One partner")
    stays.refresh_from_db()
    told = Entry.objects.filter(verb="partnership.keepers_named", subject=stays.key).order_by("id").last()
    assert told is not None
    assert (stays.keepers, f"{told.facts['owner']}|{told.facts['deputy']}") == (becomes, becomes)
