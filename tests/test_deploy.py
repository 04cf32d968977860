"""What docs/running/ and deploy/ tell an administrator to do is what the product accepts."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import override

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"


def settings_of_the_example() -> dict[str, str]:
    lines = (DEPLOY / "kembar.env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def manage(*arguments: str, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KEMBAR_")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=clean | settings, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip


def test_the_documented_settings_pass_djangos_own_check_for_the_open_internet(tmp_path: Path) -> None:
    settings = settings_of_the_example() | {"KEMBAR_DATA_DIR": str(tmp_path)}
    done = manage("check", "--deploy", "--fail-level", "WARNING", settings=settings)
    assert (done.returncode, done.stderr) == (0, "System check identified no issues (1 silenced).\n") or (
        done.returncode, done.stdout) == (0, "System check identified no issues (1 silenced).\n")  # fmt: skip


def test_the_check_finds_what_is_missing(tmp_path: Path) -> None:
    settings = settings_of_the_example() | {"KEMBAR_DATA_DIR": str(tmp_path), "KEMBAR_PROXIES": "0"}
    assert "security.W008" in manage("check", "--deploy", settings=settings).stderr


@pytest.mark.parametrize("unit", sorted(path.name for path in DEPLOY.glob("*.service")))
def test_a_unit_runs_what_exists_with_the_settings_of_the_instance(unit: str) -> None:
    text = (DEPLOY / unit).read_text(encoding="utf-8")
    assert re.findall(r"^(?:User|EnvironmentFile|WorkingDirectory)=(.*)$", text, re.M) == [
        "kembar", "/opt/kembar", "/etc/kembar/kembar.env",
    ]  # fmt: skip
    for command in re.findall(r"manage\.py (\w+)", text):
        assert command == "migrate" or list(ROOT.glob(f"kembar/*/management/commands/{command}.py")), command
    timers = re.findall(r"^Type=oneshot$", text, re.M)
    assert (DEPLOY / unit.replace(".service", ".timer")).exists() is bool(timers)


def test_what_is_to_be_done_every_night_is_done_every_night() -> None:
    text = (ROOT / "docs/running/commands.md").read_text(encoding="utf-8")
    nightly = re.findall(r"^\| `manage\.py (\w+)` \| every night:", text, re.M)
    unit = (DEPLOY / "kembar-night.service").read_text(encoding="utf-8")
    [done] = re.findall(r"for work in ([\w ]+);", unit)
    assert sorted(nightly) == sorted(done.split())
    assert all(list(ROOT.glob(f"kembar/*/management/commands/{name}.py")) for name in nightly)


def test_of_the_work_of_the_night_each_is_tried_and_one_that_fails_is_seen() -> None:
    text = (DEPLOY / "kembar-night.service").read_text(encoding="utf-8")
    [line] = re.findall(r"^ExecStart=/bin/sh -c '(.*)'$", text, re.M)
    script = line.replace("$$", "$").replace("/opt/kembar/.venv/bin/python manage.py", "tried")
    ends = {}
    for bad in ("none", "ask_again"):
        shell = f'tried() {{ echo "$1"; test "$1" != {bad}; }}; {script}'
        done = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, text=True, check=False)
        ends[bad] = (done.stdout.split(), done.returncode)
    assert ends["none"][0] == ends["ask_again"][0] != []
    assert (ends["none"][1], ends["ask_again"][1]) == (0, 1)


def test_no_secret_address_is_written_to_the_log_of_the_proxy() -> None:
    text = (DEPLOY / "nginx-kembar.conf").read_text(encoding="utf-8")
    [pattern] = re.findall(r"location ~ (\S+) {\n +access_log off;", text)
    names = [
        ("openid_connect_callback", []), ("people_directory", []),
        ("reminders:file", ["t0ken"]), ("reminders:leave", ["t0ken"]),
        ("people_invitation", ["t0ken"]), ("public:report-answer", ["bandung", "t0ken"]),
        ("public:confirmation", ["bandung", "t0ken"]), ("public:confirmation-enter", ["bandung", "t0ken"]),
        ("account_reset_password_from_key", ["1", "t0ken"]), ("public:register", ["bandung"]),
        ("public:partner", ["bandung", "suwon"]),
    ]  # fmt: skip
    hidden = []
    for language in ("id", "en", "zh-hans"):
        with override(language):
            hidden += [name for name, given in names if re.match(pattern, reverse(name, args=given))]
    assert hidden == 3 * [name for name, _ in names if name not in ("public:register", "public:partner")]
