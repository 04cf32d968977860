"""An instance is backed up while people work and comes back the same, or the backup is refused and nothing changed."""

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kembar.backup import archive
from kembar.backup.archive import Manifest, Refused
from kembar.backup.tests.instance import ON_POSTGRESQL, Instance, empty_postgresql


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    instance = Instance(tmp_path_factory.mktemp("filled"))
    instance.fill()
    return instance


@pytest.fixture(scope="module")
def backup(filled: Instance, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("backups") / "kembar.zip"
    assert filled.kembar("backup", str(path))[0] == 0
    return path


@pytest.fixture(scope="module")
def shown(filled: Instance, backup: Path) -> object:
    """What the instance showed when it had just been backed up; asked once, because it is a hundred pages."""
    return filled.seen()


def test_the_restored_instance_shows_the_same_pages_journal_and_documents(
    filled: Instance, backup: Path, shown: object, tmp_path: Path
) -> None:
    restored = Instance(tmp_path)
    code, said = restored.kembar("restore", str(backup))
    assert (code, "secret key" in said) == (0, False)
    assert restored.seen() == shown
    assert restored.documents() == filled.documents()
    assert len(restored.documents()) == 1


@pytest.mark.own_database
@pytest.mark.skipif(not ON_POSTGRESQL, reason="runs where the tests run on PostgreSQL")
def test_a_backup_goes_from_sqlite_to_postgresql_and_back(backup: Path, shown: object, tmp_path: Path) -> None:
    with empty_postgresql() as address:
        there = Instance(tmp_path / "there", address)
        assert there.kembar("restore", str(backup))[0] == 0
        assert there.seen() == shown
        # Numbers go on after those that were restored.
        there.keep_a_document("instrument:2")
        assert there.kembar("backup", str(tmp_path / "back.zip"))[0] == 0
        seen = there.seen()
    back = Instance(tmp_path / "back")
    assert back.kembar("restore", str(tmp_path / "back.zip"))[0] == 0
    assert back.seen() == seen


def test_a_backup_is_for_its_owner_alone_and_never_written_over(filled: Instance, backup: Path) -> None:
    before = backup.read_bytes()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    code, said = filled.kembar("backup", str(backup))
    assert (code, "is there already" in said) == (1, True)
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir()] == ["kembar.zip"]


def test_no_session_and_no_secret_key_is_in_it(filled: Instance, backup: Path) -> None:
    with zipfile.ZipFile(backup) as opened:
        names = opened.namelist()
    assert [name for name in names if "session" in name] == []
    assert b"only-for-tests-and-long-enough" not in backup.read_bytes()


def test_a_full_disk_leaves_nothing_that_looks_like_a_backup(filled: Instance, tmp_path: Path) -> None:
    code, said = filled.kembar("backup", str(tmp_path / "kembar.zip"), largest_file=20_000)
    assert (code, "no backup was made" in said, "Traceback" in said) == (1, True, False)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_while_restoring_leaves_an_empty_instance(backup: Path, tmp_path: Path) -> None:
    restored = Instance(tmp_path)
    code, said = restored.kembar("restore", str(backup), largest_file=900_000)
    assert (code, "nothing was restored" in said, "Traceback" in said) == (1, True, False)
    assert restored.documents() == {}
    assert restored.kembar("restore", str(backup))[0] == 0


def test_an_instance_with_data_is_not_restored_into(filled: Instance, backup: Path, shown: object) -> None:
    code, said = filled.kembar("restore", str(backup))
    assert (code, "this instance is not empty" in said, "Nothing was changed" in said) == (1, True, True)
    assert filled.seen() == shown


def test_an_empty_database_has_nothing_to_back_up(tmp_path: Path) -> None:
    code, said = Instance(tmp_path / "data").kembar("backup", str(tmp_path / "kembar.zip"))
    assert (code, said) == (1, "kembar: the database is empty: there is nothing to back up\n")
    assert not (tmp_path / "kembar.zip").exists()


# --- a backup that is not what was written ----------------------------------------------------------------------------


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        archive.check(path)
    return str(refused.value).replace(str(path), "FILE")


def rewritten(backup: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The same file with other parts, as somebody with a ZIP program would make it; None leaves a part out."""
    with zipfile.ZipFile(backup) as given, zipfile.ZipFile(target, "w") as made:
        for name in given.namelist():
            content = change(name, given.read(name))
            if content is not None:
                made.writestr(name, content)
    return target


def test_one_that_was_cut_off_is_refused(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        (tmp_path / "cut.zip").write_bytes(whole[:length])
        assert refusal(tmp_path / "cut.zip").startswith("FILE is no whole backup: it was cut off, or altered")


def test_one_with_a_single_bit_turned_is_refused(backup: Path, tmp_path: Path) -> None:
    whole = bytearray(backup.read_bytes())
    for place in range(40, len(whole) - 2000, len(whole) // 25):
        turned = whole.copy()
        turned[place] ^= 1
        (tmp_path / "turned.zip").write_bytes(turned)
        try:
            archive.check(tmp_path / "turned.zip")
        except Refused:
            continue
        # Only what a ZIP says twice, or does not need, may differ unnoticed: what it holds is the same.
        with zipfile.ZipFile(tmp_path / "turned.zip") as one, zipfile.ZipFile(backup) as other:
            assert [one.read(name) for name in one.namelist()] == [other.read(name) for name in other.namelist()]


def test_one_with_a_changed_missing_or_added_part_is_refused(backup: Path, tmp_path: Path) -> None:
    table = "tables/partnerships.partnership.jsonl"
    changed = rewritten(backup, tmp_path / "a.zip", lambda name, text: text + b"[]\n" if name == table else text)
    assert refusal(changed) == f"FILE was altered: {table} is not what was written"
    missing = rewritten(backup, tmp_path / "b.zip", lambda name, text: None if name == table else text)
    assert refusal(missing) == "FILE was altered: its parts are not those its list names"
    added = rewritten(backup, tmp_path / "c.zip", lambda name, text: text)
    with zipfile.ZipFile(added, "a") as more:
        more.writestr("../../etc/passwd", "root")
    assert refusal(added) == "FILE was altered: its parts are not those its list names"


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("halo")
    assert refusal(tmp_path / "a.zip").startswith("FILE is no whole backup")
    assert refusal(tmp_path / "none.zip") == "there is no file FILE"


NEWER = "this backup was made by a newer Kembar (9.0); bring this one up to date first. Nothing was changed"


def of_the_future(name: str, text: bytes) -> bytes:
    if name != archive.MANIFEST:
        return text
    told = json.loads(text)
    told["product"] = "9.0"
    told["migrations"]["partnerships"].append("9999_of_the_future")
    return json.dumps(told).encode()


def test_one_from_a_newer_version_is_refused(backup: Path, tmp_path: Path) -> None:
    newer = rewritten(backup, tmp_path / "newer.zip", of_the_future)
    code, said = Instance(tmp_path / "data").kembar("restore", str(newer))
    assert (code, said) == (1, f"kembar: {NEWER}\n")
    format_2 = rewritten(backup, tmp_path / "f.zip", lambda name, text: text.replace(b'"format": 1', b'"format": 2'))
    assert refusal(format_2).startswith("this backup was made by a newer Kembar")


def test_a_fault_half_way_leaves_no_file(tmp_path: Path) -> None:
    manifest = Manifest(product="", made_at="", migrations={}, key="")
    with pytest.raises(ZeroDivisionError), archive.writing(tmp_path / "a.zip", manifest) as writer:
        writer.add("tables/a.b.jsonl", [b"[]\n"], packed=True)
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
