"""The command `kembar` as people read it in a terminal."""

import pytest

from kembar.__main__ import _write


def test_names_in_wide_scripts_keep_the_columns_of_a_table_straight(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"name": "南宁", "country": "CN"}, {"name": "Suwon", "country": "KR"}]
    _write(lines, ("name", "country"), "table")
    assert capsys.readouterr().out == "name   country\n南宁   CN\nSuwon  KR\n"
