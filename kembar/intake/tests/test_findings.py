"""From findings to drafts."""

from kembar.intake.extract import read
from kembar.intake.findings import drafts_of


def test_two_places_without_a_number_are_two_drafts() -> None:
    body = "용인시와 시흥시는 자매결연을 맺었다. 용인시는 기뻐했다."
    cities = [found for found in drafts_of(read(body), body) if found.kind == "city"]
    assert [(found.value["name"], len(found.mentions)) for found in cities] == [("Yongin", 2), ("Siheung", 1)]
