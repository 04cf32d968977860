"""The sample story can be told again, and speaks four languages."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client, override_settings

from kembar.__main__ import main
from kembar.cities.models import Office
from kembar.demo import stages
from kembar.journal.models import Entry
from kembar.languages.models import Prose
from kembar.languages.queries import texts, waiting
from kembar.partnerships.models import Event, Partnership
from kembar.people.models import Account, Membership
from kembar.people.queries import NoSample
from tests.members import PASSWORD, account

pytestmark = pytest.mark.django_db


def test_told_twice_the_story_is_the_same() -> None:
    stages.tell("register")
    before = Entry.objects.count(), Prose.objects.count(), Event.objects.count()
    stages.tell("register")
    assert (Entry.objects.count(), Prose.objects.count(), Event.objects.count()) == before


def test_every_word_of_the_story_is_there_in_every_language() -> None:
    stages.tell("register")
    office = Office.objects.get(slug="bandung")
    event = Event.objects.get(title="student exchange")
    titles = {"id": "pertukaran pelajar", "en": "student exchange", "ko": "학생 교류", "zh-hans": "学生交流"}
    shown = {language: texts([event.key], office_id=office.pk, language=language) for language in titles}
    assert {language: found[event.key, "title"].text for language, found in shown.items()} == titles
    assert [waiting(office.pk, language=language) for language in titles] == [[], [], [], []]
    assert not Event.objects.exclude(title__in=Prose.objects.filter(field="title").values("text")).exists()


@pytest.fixture
def sample_instance() -> Iterator[None]:
    with override_settings(KEMBAR_SAMPLE=True, KEMBAR_SITE_ADDRESS="http://localhost:8000"):
        yield


def code_of(email: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["code", email]) == 0
    return capsys.readouterr().out.strip()


@pytest.mark.usefixtures("sample_instance")
def test_whoever_reads_the_printed_accounts_signs_in_with_the_printed_code(
    client: Client, sample: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    sample("desk")
    for _, email, name, _, _ in stages.MEMBERS:
        client.post("/en/account/sign-in/", {"login": email, "password": stages.PASSWORD})
        assert client.post("/en/account/sign-in/code/", {"code": code_of(email, capsys)}).status_code == 302
        assert f"<h1>{name}</h1>" in client.get("/en/account/").content.decode()
        client.post("/en/account/sign-out/")


@pytest.mark.usefixtures("sample_instance")
def test_the_people_of_the_story_are_told_once(sample: Callable[[str], None]) -> None:
    sample("desk")
    before = Account.objects.count(), Membership.objects.count(), Authenticator.objects.count(), Entry.objects.count()
    stages.tell("desk")
    after = Account.objects.count(), Membership.objects.count(), Authenticator.objects.count(), Entry.objects.count()
    assert (before[:3], after) == ((6, 6, 6), before)
    assert [file.office.slug for file in Partnership.objects.filter(partner__english_name="Bandung")] == ["daegu"]


def test_accounts_everyone_knows_are_made_and_used_on_sample_instances_only(
    client: Client, sample: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    with override_settings(KEMBAR_SAMPLE=False), pytest.raises(NoSample):
        stages.desk()
    assert Account.objects.count() == 0
    with override_settings(KEMBAR_SAMPLE=True):
        sample("desk")
    email = stages.MEMBERS[0][1]
    with override_settings(KEMBAR_SAMPLE=False):
        answer = client.post("/en/account/sign-in/", {"login": email, "password": stages.PASSWORD})
        assert answer.headers["Location"] == "/en/account/closed/"
        assert main(["code", email]) == 1
    with override_settings(KEMBAR_SAMPLE=True, KEMBAR_SITE_ADDRESS="https://kembar.example"):
        assert main(["code", email]) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("sample_instance")
def test_the_code_of_a_person_is_never_shown(capsys: pytest.CaptureFixture[str]) -> None:
    account("Sari")
    assert (main(["code", "sari@example.org"]), capsys.readouterr().out) == (1, "")


def test_the_first_head_is_invited_at_the_command_line(
    client: Client, sample: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    sample("register")
    assert main(["invite", "ratna@example.org", "--name", "Ratna"]) == 0
    link = capsys.readouterr().out.strip().split("\n")[-1]
    answer = client.post(
        urlsplit(link).path, {"name": "Ratna", "language": "id", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert answer.headers["Location"] == "/account/second-factor/"
    assert [held.role for held in Membership.objects.all()] == ["head"]
    assert main(["invite", "ratna@example.org", "--name", "Ratna"]) == 1


def test_a_stage_nobody_knows_changes_nothing() -> None:
    with pytest.raises(KeyError):
        stages.tell("banana")
    assert Office.objects.count() == 0
