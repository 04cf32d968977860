"""An upload larger than may be kept fills no disk and is answered."""

from typing import Any

import pytest
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from kembar.files.rules import Refused
from kembar.files.store import receive

MEGABYTE = 1024 * 1024


def uploaded(size: int) -> Any:
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("besar.txt", b"a" * size), "note": "catatan"})
    assert request.POST["note"] == "catatan"
    return request.FILES["file"]


@pytest.mark.parametrize("size", [1, 2 * MEGABYTE, 3 * MEGABYTE])
def test_a_file_that_may_be_kept_arrives_whole(size: int, settings: Any) -> None:
    settings.KEMBAR_LARGEST_FILE = 3
    file = uploaded(size)
    assert file.size == size
    with receive(file, name=file.name) as arrived:
        assert arrived.size == size
    file.close()


@pytest.mark.parametrize("size", [3 * MEGABYTE + 1, 40 * MEGABYTE])
def test_a_file_that_is_too_large_arrives_cut_and_is_refused_as_too_large(size: int, settings: Any) -> None:
    settings.KEMBAR_LARGEST_FILE = 3
    file = uploaded(size)
    assert 3 * MEGABYTE < file.size < 3 * MEGABYTE + 200_000
    with pytest.raises(Refused, match="too_large"), receive(file, name=file.name):
        pass
    file.close()


def test_a_crowd_of_files_is_refused() -> None:
    request = RequestFactory().post("/", {f"file{number}": SimpleUploadedFile("a.txt", b"a") for number in range(11)})
    with pytest.raises(TooManyFilesSent):
        _ = request.FILES
