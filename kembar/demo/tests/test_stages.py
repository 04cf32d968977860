"""The sample story can be told again, and speaks four languages."""

import pytest

from kembar.cities.models import Office
from kembar.demo import stages
from kembar.journal.models import Entry
from kembar.languages.models import Prose
from kembar.languages.queries import texts, waiting
from kembar.partnerships.models import Event

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


def test_a_stage_nobody_knows_changes_nothing() -> None:
    with pytest.raises(KeyError):
        stages.tell("banana")
    assert Office.objects.count() == 0
