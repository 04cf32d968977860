"""An office is opened at the command line, and its head let in, on an instance that holds nothing yet."""

from urllib.parse import urlsplit

import pytest
from django.test import Client, override_settings

from kembar.__main__ import main
from kembar.access.permissions import SYSTEM, NotAllowed
from kembar.cities.actions import WrongOffice, adopt, open_office
from kembar.cities.models import Office
from kembar.cities.queries import find
from kembar.journal.models import Entry
from kembar.people.actions.members import WrongInvitation
from kembar.people.actions.offices import open_with_head
from kembar.people.models import Account, Invitation
from tests.members import PASSWORD, letters, sign_in
from tests.members import office as office_of
from tests.personas import bu_ratna

pytestmark = pytest.mark.django_db
BANDUNG = ["open-office", "Bandung", "--country", "ID", "--head-mail", "Ratna@Example.org", "--head-name", "Ratna"]


def counts() -> tuple[int, int, int, int]:
    return Office.objects.count(), Invitation.objects.count(), len(letters()), Entry.objects.count()


def test_from_an_empty_instance_to_the_desk_of_a_real_office(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(BANDUNG) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "The office of Bandung, ID is open: http://localhost:8000/bandung/"
    answer = client.post(
        urlsplit(said[-1]).path, {"name": "Ratna", "language": "id", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert answer.headers["Location"] == "/account/second-factor/"
    client = Client()
    sign_in(client, Account.objects.get(email="ratna@example.org"))
    assert client.get("/account/desk/").headers["Location"] == "/bandung/desk/"
    pages = (
        "",
        "bandung/about/",
        "bandung/desk/",
        "bandung/desk/partners/",
        "bandung/desk/members/",
        "bandung/how-many/",
    )
    assert [client.get(f"/{page}").status_code for page in pages] == [200] * 6
    told = Entry.objects.filter(office_id__isnull=False).order_by("id").values_list("verb", "actor")
    assert list(told) == [("office.opened", "Kembar"), ("member.invited", "Kembar"), ("member.joined", "Ratna")]


def test_opening_again_changes_nothing_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(BANDUNG) == 0
    before = counts()
    capsys.readouterr()
    assert (main(BANDUNG), counts()) == (0, before)
    assert capsys.readouterr().out == (
        "The office of Bandung, ID was open already: http://localhost:8000/bandung/\n"
        "Ratna@Example.org was invited before and the link still works; kembar invite writes a new one.\n"
    )


def test_a_second_city_shares_the_instance_under_an_address_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(BANDUNG) == 0
    given = ["--head-mail", "kim@example.org", "--head-name", "김", "--slug", "tae-gu", "--language", "ko"]
    assert main(["open-office", "대구", *given]) == 0
    assert [(row.slug, row.local_government.english_name) for row in Office.objects.order_by("id")] == [
        ("bandung", "Bandung"),
        ("tae-gu", "Daegu"),
    ]
    assert [letter.language for letter in letters()] == ["id", "ko"]


def test_the_first_page_is_pointed_out_where_another_office_is_set_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    with override_settings(KEMBAR_HOME_OFFICE="bandung"):
        assert main(["open-office", "대구", "--head-mail", "kim@example.org", "--head-name", "김"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "Set KEMBAR_HOME_OFFICE=daegu to have it on the first page of the site."
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["Springfield"], "kembar: several places are called 'Springfield'; give one of these keys instead:"),
        (["Nirgendwo"], "kembar: no city is called 'Nirgendwo'; look for it with: kembar cities 'Nirgendwo'"),
        (["Daegu", "--slug", "account"], "kembar: 'account' is no address of an office: small letters, digits, "
         "hyphens, at most 40; choose one with --slug"),
        (["Daegu", "--slug", "Kota Daegu"], "kembar: 'Kota Daegu' is no address of an office: small letters, digits, "
         "hyphens, at most 40; choose one with --slug"),
        (["Daegu", "--slug", "bandung"],
         "kembar: another city's office stands at 'bandung'; choose another address with --slug"),
        (["Bandung", "--country", "ID", "--slug", "kota"],
         "kembar: this city's office is open already, at 'bandung'; for that one say --slug bandung"),
        (["Daegu", "--head-mail", "kim"], "kembar: nothing was opened: --head-mail is wrong"),
        (["Daegu", "--head-name", " "], "kembar: nothing was opened: --head-name is wrong"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_is_told_and_leaves_nothing(
    given: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    office_of("bandung")
    before = counts()
    whole = ["open-office", "--head-mail", "kim@example.org", "--head-name", "Kim", *given]
    assert (main(whole), counts()) == (1, before)
    assert capsys.readouterr().err.splitlines()[0] == says


def test_the_key_printed_for_one_of_several_cities_opens_that_one(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--head-mail", "kim@example.org", "--head-name", "Kim"]
    assert main(["open-office", "Springfield", *given]) == 1
    [key] = [line.split()[0] for line in capsys.readouterr().err.splitlines() if "Illinois" in line]
    assert main(["open-office", key, *given]) == 0
    [office] = Office.objects.all()
    assert office.local_government.parent is not None
    assert (office.slug, office.local_government.parent.english_name) == ("springfield", "Illinois")


def test_a_head_who_is_in_is_not_invited_again(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(BANDUNG) == 0
    link = capsys.readouterr().out.splitlines()[-1]
    words = {"name": "Ratna", "language": "id", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(urlsplit(link).path, words).status_code == 302
    before = counts()
    assert (main(BANDUNG), counts()) == (0, before)
    assert capsys.readouterr().out.splitlines()[1] == "Ratna@Example.org is its head already."


def test_only_whoever_runs_the_instance_opens_offices() -> None:
    head = bu_ratna(office_id=office_of("bandung").pk)
    with pytest.raises(NotAllowed):
        open_with_head(find("Daegu"), by=head, slug="", name="Kim", email="kim@example.org")
    assert Office.objects.count() == 1


def test_an_office_and_its_head_come_together_or_not_at_all() -> None:
    with pytest.raises(WrongInvitation):
        open_with_head(find("Daegu"), by=SYSTEM, slug="", name="Kim", email="kim")
    assert (Office.objects.count(), Entry.objects.count()) == (0, 0)


def test_two_cities_never_share_an_address() -> None:
    office_of("bandung")
    with pytest.raises(WrongOffice) as wrong:
        open_office(by=SYSTEM, slug="bandung", local_government=adopt(find("Daegu"), by=SYSTEM))
    assert wrong.value.reason == "taken"
