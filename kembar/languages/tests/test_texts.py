"""One text in several languages: who is shown which, what goes stale, what a translator has to do."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kembar.access.permissions import Actor, NotAllowed
from kembar.journal.models import Entry
from kembar.languages import queries
from kembar.languages.actions import (
    BetterTextStands,
    ChangedMeanwhile,
    NoOriginal,
    NothingWritten,
    remove,
    translate,
    write_original,
)
from kembar.languages.models import Prose
from kembar.languages.rules import Shown, UnknownLanguage, best, fingerprint, language_code
from tests.personas import ANONYMOUS, SYSTEM, dewi, jihoon, pak_hadi, sari

pytestmark = pytest.mark.django_db
OFFICE = 1
KEY = ("story:1", "body")


def original(text: str = "Kota kembar", language: str = "id", **more: object) -> Prose:
    return write_original(text, **{"by": SYSTEM, "subject": "story:1", "field": "body", "language": language,
                                   "office_id": OFFICE, **more})  # fmt: skip


def put(text: str, language: str = "ko", **more: object) -> Prose:
    return translate(text, **{"by": SYSTEM, "subject": "story:1", "field": "body", "language": language,
                              "office_id": OFFICE, **more})  # fmt: skip


def shown(language: str) -> tuple[str, str, str, bool] | None:
    found = queries.texts(["story:1"], office_id=OFFICE, language=language).get(KEY)
    return (found.text, found.language, found.state, found.stale) if found else None


def test_a_reader_without_a_translation_is_shown_the_original_in_its_language() -> None:
    original()
    assert shown("ko") == ("Kota kembar", "id", "original", False)
    assert queries.texts(["story:1"], office_id=OFFICE, language="ko")[KEY].is_translation is False


def test_a_reader_is_shown_their_own_language_marked_as_what_it_is() -> None:
    original()
    put("자매도시", state="machine")
    assert shown("ko") == ("자매도시", "ko", "machine", False)
    put("자매결연 도시")
    assert shown("ko") == ("자매결연 도시", "ko", "human", False)
    assert queries.texts(["story:1"], office_id=OFFICE, language="ko")[KEY].is_translation is True
    assert shown("id") == ("Kota kembar", "id", "original", False)


def test_a_changed_original_makes_its_translations_stale_and_drops_the_machines() -> None:
    original()
    put("자매도시", state="machine")
    put("友好城市", "zh-hans")
    original("Kota kembar dan kota sahabat")
    assert shown("ko") == ("Kota kembar dan kota sahabat", "id", "original", False)
    assert shown("zh-hans") == ("友好城市", "zh-hans", "human", True)


def test_an_original_put_back_as_it_was_makes_its_translations_fresh_again() -> None:
    original()
    put("자매도시")
    original("lain")
    original()
    assert shown("ko") == ("자매도시", "ko", "human", False)


@pytest.mark.parametrize(
    ("several", "expected"),
    [
        ([("o", "id", "original", False), ("h", "ko", "human", False), ("f", "ko", "official", False)], "f"),
        ([("o", "id", "original", False), ("m", "ko", "machine", False), ("h", "ko", "human", True)], "h"),
        ([("o", "id", "original", False), ("m", "ko", "machine", True)], "o"),
        ([("o", "ko", "original", False), ("h", "id", "human", False)], "o"),
        ([("h", "id", "human", False)], None),
        ([], None),
    ],
)
def test_the_best_text_goes_to_the_reader(several: list[tuple[str, str, str, bool]], expected: str | None) -> None:
    found = best((Shown(*one) for one in several), language="ko")
    assert (found.text if found else None) == expected


def test_many_records_cost_one_query_as_one_does() -> None:
    for number in range(5):
        original(subject=f"story:{number}", field="title")
    for subjects in (["story:1"], [f"story:{number}" for number in range(5)]):
        with CaptureQueriesContext(
            connection,
        ) as queries_run:
            assert len(queries.texts(subjects, office_id=OFFICE, language="ko")) == len(subjects)
        assert len(queries_run) == 1
    with CaptureQueriesContext(connection) as queries_run:
        assert queries.texts([], office_id=OFFICE, language="ko") == {}
    assert len(queries_run) == 0


def test_another_office_reads_nothing() -> None:
    original()
    assert queries.texts(["story:1"], office_id=2, language="id") == {}
    assert queries.waiting(2, language="ko") == []


def test_a_translator_sees_what_is_missing_and_what_is_stale() -> None:
    original("satu", subject="story:1")
    original("dua", subject="story:2")
    original("three", language="ko", subject="story:3")
    put("하나", subject="story:1")
    put("둘", subject="story:2")
    original("satu dan setengah", subject="story:1")
    original("empat", subject="story:4")
    queue = queries.waiting(OFFICE, language="ko")
    assert [(item.subject, item.original, item.translation, item.translation_state) for item in queue] == [
        ("story:1", "satu dan setengah", "하나", "human"),
        ("story:4", "empat", "", ""),
    ]
    put("하나 반", subject="story:1", of_hash=queue[0].of_hash)
    assert [item.subject for item in queries.waiting(OFFICE, language="ko")] == ["story:4"]


def test_an_original_that_moved_while_it_was_translated_loses_no_work() -> None:
    read = original().of_hash
    original("berubah")
    put("자매도시", of_hash=read)
    assert shown("ko") == ("자매도시", "ko", "human", True)


def test_two_officers_on_one_original_lose_nothing() -> None:
    read = queries.original_hash("story:1", field="body", office_id=OFFICE)
    original("dari Sari", read_hash=read)
    with pytest.raises(ChangedMeanwhile) as caught:
        original("dari Ratna", read_hash=read)
    assert (caught.value.current, shown("id")) == ("dari Sari", ("dari Sari", "id", "original", False))
    read = queries.original_hash("story:1", field="body", office_id=OFFICE)
    original("dari keduanya", read_hash=read)
    assert shown("id") == ("dari keduanya", "id", "original", False)


def test_an_original_in_another_language_leaves_the_old_one_as_a_stale_translation() -> None:
    original()
    original("자매도시", "ko")
    assert (shown("id"), shown("ko")) == (("Kota kembar", "id", "human", True), ("자매도시", "ko", "original", False))


def test_a_machine_does_not_write_over_a_person() -> None:
    original()
    put("자매결연 도시")
    with pytest.raises(BetterTextStands):
        put("쌍둥이 도시", state="machine")
    assert shown("ko") == ("자매결연 도시", "ko", "human", False)


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u202e", "\ufeff"])
def test_nothing_is_no_text(text: str) -> None:
    with pytest.raises(NothingWritten):
        original(text)
    original()
    with pytest.raises(NothingWritten):
        put(text)


@pytest.mark.parametrize("code", ["", "indonesia", "i", "id;drop", "ko kr", "zh--hans", "한국어"])
def test_a_language_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(UnknownLanguage):
        original(language=code)


def test_a_language_is_written_in_one_way() -> None:
    assert [language_code(code) for code in ("ID", "zh_Hans", " pt-BR ")] == ["id", "zh-hans", "pt-br"]


def test_there_must_be_an_original_to_translate() -> None:
    with pytest.raises(NoOriginal):
        put("자매도시")
    original()
    with pytest.raises(NoOriginal):
        put("Kota kembar", "id")
    with pytest.raises(NoOriginal):
        put("자매도시", state="original")


@pytest.mark.parametrize(
    ("who", "writes", "translates", "makes_official"),
    [
        (sari(office_id=OFFICE), True, True, True),
        (dewi(office_id=OFFICE), False, True, False),
        (pak_hadi(office_id=OFFICE), False, False, False),
        (jihoon(office_id=2), False, False, False),
        (ANONYMOUS, False, False, False),
    ],
)
def test_who_may_write_which_text(who: Actor, writes: bool, translates: bool, makes_official: bool) -> None:
    original("sudah ada", subject="story:2")
    tries = {
        "writes": lambda: original(by=who),
        "translates": lambda: put("둘", by=who, subject="story:2"),
        "official": lambda: put("둘", by=who, subject="story:2", state="official"),
        "removes": lambda: remove("story:2", by=who, office_id=OFFICE),
    }
    done = {}
    for name, deed in tries.items():
        try:
            deed()
            done[name] = True
        except NotAllowed:
            done[name] = False
    assert list(done.values()) == [writes, translates, makes_official, writes]


def test_each_deed_is_in_the_journal_with_before_and_after() -> None:
    original()
    original()  # the same again is no deed
    original("baru")
    put("새로운")
    remove("story:1", by=SYSTEM, office_id=OFFICE, field="body")
    lines = Entry.objects.order_by("id").values_list("verb", "subject", "facts")
    assert [(verb, subject, facts.get("before"), facts.get("after")) for verb, subject, facts in lines] == [
        ("prose.written", "story:1", "", "Kota kembar"),
        ("prose.written", "story:1", "Kota kembar", "baru"),
        ("prose.translated", "story:1", "", "새로운"),
        ("prose.removed", "story:1", None, None),
    ]
    assert [text["before"] for text in lines[3][2]["texts"]] == ["baru", "새로운"]


def test_removing_takes_one_field_or_all_and_only_of_this_office() -> None:
    original()
    original(field="title")
    put("제목", field="title")
    assert remove("story:1", by=SYSTEM, office_id=2) == 0
    assert remove("story:1", by=SYSTEM, office_id=OFFICE, field="title") == 2
    assert list(queries.all_texts(["story:1"], office_id=OFFICE)) == [KEY]
    assert remove("story:1", by=SYSTEM, office_id=OFFICE) == 1
    assert Prose.objects.count() == 0


def test_a_form_sees_every_language_of_a_field() -> None:
    original()
    put("자매도시")
    languages = queries.all_texts(["story:1"], office_id=OFFICE)[KEY]
    assert {code: (one.text, one.state) for code, one in languages.items()} == {
        "id": ("Kota kembar", "original"),
        "ko": ("자매도시", "human"),
    }


def test_the_database_refuses_a_second_original() -> None:
    row = original()
    with pytest.raises(IntegrityError), transaction.atomic():
        Prose.objects.create(
            office_id=OFFICE, subject="story:1", field="body", language="en", text="Twin city", state="original",
            of_hash=fingerprint("x"), written_by="", written_at=row.written_at,
        )  # fmt: skip


def test_a_long_text_in_any_script_comes_back_as_it_was() -> None:
    text = "반둥과 수원 👩‍👩‍👧 ﷽ " * 5000
    original(text.strip(), "ko")
    assert queries.texts(["story:1"], office_id=OFFICE, language="ko")[KEY].text.startswith("반둥과 수원")
