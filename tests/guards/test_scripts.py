"""The shell scripts are plain sh and can be run as they lie in a clone.

Why: they are the first thing a newcomer meets, on machines none of us has. How to satisfy: no bash-only words; keep the
executable bit (`git update-index --chmod=+x`).
"""

import os
import subprocess

import pytest

from tests.guards.tree import ROOT

COMMANDS = ["run", "check", "measure", ".ci/run"]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_can_be_run(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)
    assert (ROOT / name).read_text(encoding="utf-8").startswith("#!/bin/sh\n")


@pytest.mark.parametrize("name", [*COMMANDS, "config/setup.sh", "config/postgresql.sh"])
def test_a_script_is_plain_sh(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    read = subprocess.run(["sh", "-n", ROOT / name], capture_output=True, text=True, check=False)
    assert (read.returncode, read.stderr) == (0, "")
    assert [word for word in ("[[", "function ", "local ", "pipefail", "source ") if f"\n{word}" in text] == []
