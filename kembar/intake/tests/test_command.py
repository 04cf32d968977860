"""`kembar read`: the same answer as the pages, quickly, from every kind of file, and in words when it cannot."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kembar.__main__ import main
from kembar.intake.models import Text
from kembar.intake.tests.conftest import ARTICLE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "berita.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.mark.django_db
def test_the_command_and_the_page_give_the_same_answer(
    text: Text, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text.refresh_from_db()
    assert text.published == date(2025, 3, 26)
    assert main(["read", str(file), "--published", "2025-03-26"]) == 0
    assert json.loads(capsys.readouterr().out) == text.reading


def test_people_read_one_line_per_finding(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(file), "--format", "text"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "language\tid"
    assert "city\tNanning, CN\tNanning" in lines
    assert "0812" not in "\n".join(lines)


def test_a_folder_is_read_file_by_file_and_one_that_fails_stops_no_other(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "page.html").write_text(f"<html><body><p>{ARTICLE}</p></body></html>", encoding="utf-8")
    (tmp_path / "sub" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    out = tmp_path / "out"
    assert main(["read", str(tmp_path), "--out", str(out)]) == 1
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.json")) == ["berita.json", "sub/page.json"]
    assert "broken.pdf: the file is damaged" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"\x89PNG\r\n\x1a\n", "a picture; pictures of text cannot be read"), (b"", "the file is empty")],
)
def test_a_file_that_cannot_be_read_is_answered_in_a_sentence(
    tmp_path: Path, data: bytes, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert main(["read", str(path)]) == 1
    assert capsys.readouterr().err == f"kembar: {path}: {reason}\n"


def test_a_path_that_does_not_exist_and_a_folder_without_a_place_for_answers_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(tmp_path / "nope")]) == 1
    assert "cannot be read: No such file or directory" in capsys.readouterr().err
    assert main(["read", str(tmp_path)]) == 1
    assert "say where its readings go: --out DIR" in capsys.readouterr().err


def test_it_starts_without_loading_the_site(file: Path) -> None:
    asked = "import sys; from kembar.__main__ import main; main(sys.argv[1:]); assert 'django' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", asked, "read", str(file)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
