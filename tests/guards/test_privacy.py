"""Every field that can hold something about a person says which class of personal data it is.

Why: the privacy law asks what is held about a person, for what, and that it can be shown and erased; a field added in a
hurry is forgotten by all three. How to satisfy: name the field in the model's `privacy` (kembar/access/privacy.py);
`Privacy.NONE` where the name only sounds so.
"""

import re

import pytest
from django.db import models

from kembar.access.privacy import Privacy
from tests.guards.test_foreign_keys import ours

PERSONAL = re.compile(
    r"(^|_)(actor|person|people|signer|signers|signatory|signed_by|by|contact|e?mail|phone|whatsapp|passport|birth|born"
    r"|age|gender|religion|nik|holder|author|applicant|guardian|member|given_name|family_name|full_name|user|salary"
    r"|account|photo|notes?|remarks?|comments?)($|_)"
)


def unclassed(model: type[models.Model]) -> list[str]:
    """Fields that sound personal and have no class, and classes of fields that do not exist."""
    classes = getattr(model, "privacy", {})
    names = {field.name for field in model._meta.local_fields}
    missing = [name for name in names if PERSONAL.search(name) and not isinstance(classes.get(name), Privacy)]
    return sorted(missing) + sorted(set(classes) - names)


def test_every_personal_field_has_its_class() -> None:
    assert [f"{model._meta.label}.{name}" for model in ours() for name in unclassed(model)] == []


@pytest.mark.parametrize(
    ("name", "personal"),
    [
        ("signed_by", True),
        ("decided_by", True),
        ("actor_id", True),
        ("email", True),
        ("note", True),
        ("title", False),
        ("person_name", True),
        ("language", False),
        ("city_name", False),
        ("bytes", False),
    ],
)
def test_the_guard_knows_what_sounds_personal(name: str, personal: bool) -> None:
    assert bool(PERSONAL.search(name)) is personal
