"""Promises that were taken on before both cities could confirm are not forgotten."""

from importlib import import_module

import pytest
from django.apps import apps

from kembar.commitments.tests.promising import accepted, claimed
from kembar.languages.models import Prose
from kembar.languages.queries import waiting
from kembar.languages.rules import fingerprint
from tests.members import office

pytestmark = pytest.mark.django_db
UPGRADE = import_module("kembar.commitments.migrations.0003_words_of_accepted_promises")


def test_an_accepted_promise_without_an_original_gets_one_and_a_claimed_one_does_not() -> None:
    bandung = office()
    row = accepted(bandung)
    claimed(bandung, what="something else")
    Prose.objects.all().delete()
    UPGRADE.write_originals(apps, None)
    UPGRADE.write_originals(apps, None)
    [prose] = Prose.objects.all()
    assert (prose.subject, prose.language, prose.text) == (row.key, "id", row.what)
    assert (prose.state, prose.of_hash) == ("original", fingerprint(row.what))
    assert [entry.subject for entry in waiting(bandung.pk, language="ko", of="commitment")] == [row.key]
