"""Notes on a partner: the author changes them, the words before are kept, and the journal holds none of them."""

from collections.abc import Callable

import pytest

from kembar.access.permissions import ANONYMOUS, SYSTEM, Actor, NotAllowed
from kembar.cities.actions import adopt, open_office
from kembar.cities.queries import find
from kembar.journal.models import Entry
from kembar.partnerships import queries
from kembar.partnerships.actions import (
    NoteChanged,
    NotYours,
    ReasonMissing,
    Withdrawn,
    WrongNote,
    change_note,
    merge_files,
    open_file,
    withdraw_note,
    write_note,
)
from kembar.partnerships.models import Note, NoteWording, Partnership
from kembar.search.models import Indexed
from tests.personas import bu_ratna, dewi, jihoon, pak_hadi, sari, togar

pytestmark = pytest.mark.django_db
SECRET = "Wakil wali kota lebih suka ditelepon."


@pytest.fixture
def suwon() -> Partnership:
    office = open_office(by=SYSTEM, slug="bandung", local_government=adopt(find("Bandung", country="ID"), by=SYSTEM))
    return open_file(by=SYSTEM, office=office, partner=adopt(find("Suwon"), by=SYSTEM), kind="sister")


def test_a_note_says_who_wrote_it_when_and_keeps_its_lines(suwon: Partnership) -> None:
    by = sari(office_id=suwon.office_id)
    note = write_note("  Satu\u202e \n\n Dua\x00 ", by=by, partnership=suwon)
    assert (note.text, note.author, note.author_id) == ("Satu\n\nDua", "Sari", by.person_id)
    assert list(queries.notes_of(suwon, by=dewi(office_id=suwon.office_id))) == [note]


def test_the_author_changes_the_words_and_those_before_are_kept(suwon: Partnership) -> None:
    by = sari(office_id=suwon.office_id)
    note = write_note("Satu", by=by, partnership=suwon)
    changed = change_note(note, by=by, text="Dua", seen=1)
    assert (changed.text, changed.version, changed.changed_at is None) == ("Dua", 2, False)
    assert change_note(note, by=by, text="Dua", seen=2).version == 2
    with pytest.raises(NoteChanged) as raised:
        change_note(note, by=by, text="Tiga", seen=1)
    assert raised.value.current.text == "Dua"
    assert [wording.text for wording in NoteWording.objects.order_by("id")] == ["Satu"]


@pytest.mark.parametrize("text", ["", " \n\u200b", "x" * 4001])
def test_a_note_has_words_and_an_end(suwon: Partnership, text: str) -> None:
    with pytest.raises(WrongNote):
        write_note(text, by=SYSTEM, partnership=suwon)
    assert Note.objects.count() == 0


def test_nobody_else_changes_the_words_of_a_note(suwon: Partnership) -> None:
    note = write_note(SECRET, by=sari(office_id=suwon.office_id), partnership=suwon)
    of_the_machine = write_note("x", by=SYSTEM, partnership=suwon)
    for by, one in ((bu_ratna(office_id=suwon.office_id), note), (SYSTEM, note), (SYSTEM, of_the_machine)):
        with pytest.raises(NotYours):
            change_note(one, by=by, text="y", seen=1)


def test_a_withdrawn_note_leaves_the_file_with_a_reason_and_is_kept(suwon: Partnership) -> None:
    by = sari(office_id=suwon.office_id)
    note = write_note(SECRET, by=by, partnership=suwon)
    with pytest.raises(ReasonMissing):
        withdraw_note(note, by=by, reason=" ")
    assert [withdraw_note(note, by=bu_ratna(office_id=suwon.office_id), reason="Usang") for _ in range(2)] == [
        True, False,
    ]  # fmt: skip
    assert list(queries.notes_of(suwon, by=by)) == []
    assert (Note.objects.get().text, Note.objects.get().reason) == (SECRET, "Usang")
    with pytest.raises(Withdrawn):
        change_note(note, by=by, text="y", seen=1)


def test_the_journal_and_the_search_hold_nothing_of_a_note(suwon: Partnership) -> None:
    by = sari(office_id=suwon.office_id)
    note = write_note(SECRET, by=by, partnership=suwon)
    change_note(note, by=by, text="Nomor lain.", seen=1)
    withdraw_note(note, by=by, reason="Usang")
    entries = Entry.objects.filter(subject=note.key).order_by("id")
    assert [(entry.verb, entry.about, entry.facts) for entry in entries] == [
        ("note.written", suwon.key, {}), ("note.changed", suwon.key, {}),
        ("note.withdrawn", suwon.key, {"reason": "Usang"}),
    ]  # fmt: skip
    assert Indexed.objects.filter(subject__startswith="note").count() == 0


@pytest.mark.parametrize("who", [pak_hadi, togar, dewi, lambda office_id: jihoon(office_id=office_id + 1)])
def test_who_does_not_keep_the_register_writes_no_note(suwon: Partnership, who: Callable[..., Actor]) -> None:
    note = write_note(SECRET, by=SYSTEM, partnership=suwon)
    by = who(office_id=suwon.office_id)
    for deed in (
        lambda: write_note("x", by=by, partnership=suwon),
        lambda: change_note(note, by=by, text="x", seen=1),
        lambda: withdraw_note(note, by=by, reason="x"),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_council_and_strangers_read_no_note(suwon: Partnership) -> None:
    note = write_note(SECRET, by=SYSTEM, partnership=suwon)
    number = suwon.office_id
    for by in (ANONYMOUS, pak_hadi(office_id=number), togar(office_id=number), jihoon(office_id=number + 1)):
        with pytest.raises(NotAllowed):
            queries.notes_of(suwon, by=by)
        with pytest.raises(NotAllowed):
            queries.note(note.pk, office_id=number, by=by)
    with pytest.raises(queries.NoSuchNote):
        queries.note(note.pk, office_id=number + 1, by=jihoon(office_id=number + 1))


def test_notes_go_with_a_file_that_was_opened_twice(suwon: Partnership) -> None:
    twin = open_file(by=SYSTEM, office=suwon.office, partner=suwon.partner, kind="friendship")
    note = write_note(SECRET, by=SYSTEM, partnership=twin)
    merge_files(twin, into=suwon, by=SYSTEM, reason="One partner")
    assert list(queries.notes_of(suwon, by=SYSTEM)) == [note]
