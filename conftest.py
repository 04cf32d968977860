"""What holds for every test of Kembar. The strictness itself: tests/strict.py; the browser: tests/browser.py.

The people are in tests/personas.py, the sample story in tests/sample.py.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import caches
from django.core.management import call_command
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

# A password is hashed slowly on purpose. Here it is hashed the same way with less work: nobody guesses these.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1

pytest_plugins = ["tests.strict", "tests.browser", "tests.sample", "tests.twice"]

# Inputs nobody thought of, but the same ones in every run that decides whether a change may land.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") or os.environ.get("PYTEST_XDIST_WORKER") else "here")


def pytest_sessionstart(session: pytest.Session) -> None:
    """The pages of every test speak four languages: the catalogues are made once, before the first worker starts."""
    if not hasattr(session.config, "workerinput"):
        call_command("messages", "compile", verbosity=0)
        # Starting Django has already read the default language, on a fresh clone without a catalogue.
        translation_file_changed(sender=None, file_path=Path("django.mo"))


@pytest.fixture(autouse=True)
def _every_test_starts_the_same(tmp_path: Path) -> Iterator[None]:
    """No page, language or file left over from the test before."""
    media, settings.MEDIA_ROOT = settings.MEDIA_ROOT, str(tmp_path / "files")
    for name in settings.CACHES.keys() - {"default"}:  # what lies in the database goes with the test
        caches[name].clear()
    with translation.override(settings.LANGUAGE_CODE):
        yield
    settings.MEDIA_ROOT = media
