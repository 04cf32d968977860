"""The examples of docs/api.md run, as they stand there, against a site with the sample story."""

import json
import os
import re
import subprocess
from typing import Any

import pytest
from django.conf import settings

from kembar.access.permissions import Role
from kembar.api.tests.conftest import program_of
from kembar.cities.models import Office
from tests.members import member

PAGE = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^    (curl (?:[^\n\\]|\\.|\\\n)+)", PAGE, re.M)


@pytest.mark.django_db(transaction=True)
def test_every_example_does_what_the_page_says(live_server: Any, bandung: Office) -> None:
    token = program_of(member("Sari", Role.OFFICER, office=bandung), bandung).headers["Authorization"]
    env = {**os.environ, "SITE": live_server.url, "TOKEN": token.removeprefix("Bearer ")}
    answers = {}
    for example in EXAMPLES:
        command = example.replace("curl ", "curl -sS -w '\\n%{http_code}' ", 1)
        done = subprocess.run(["sh", "-c", command], env=env, capture_output=True, text=True, check=True, timeout=60)
        body, _, status = done.stdout.rpartition("\n")
        answers[example.split("$SITE")[1].split('"')[0], example.split()[1]] = (int(status), body)
    wrong = {asked: told for asked, told in answers.items() if told[0] not in (200, 201)}
    assert set(wrong) == {("/api/v1/partnerships?on=2025-02-31", "-H")}
    [(status, told)] = wrong.values()
    said = re.search(r"^    (\{\"type\".+(?:\n     .+)*)", PAGE, re.M)
    assert said is not None
    assert (status, json.loads(told)) == (422, json.loads(said[1]))
    suwon = next(json.loads(body) for (asked, _), (_, body) in answers.items() if "/suwon" in asked)
    assert f'"since": {json.dumps(suwon["partnership"]["since"])}' in PAGE
    assert len(answers) >= 17
