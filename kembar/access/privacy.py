"""What may be known about a person, by class. Every field that can hold something about a person names its class.

A table says it in its model: `privacy = {"actor": Privacy.DUTY, "note": Privacy.INTERNAL}`. Showing, handing over and
erasing what is held about a person go by it (Law 27 of 2022 on personal data, articles 4 to 13).
"""

from enum import StrEnum


class Privacy(StrEnum):
    """The classes, from the most open to the most closed."""

    NONE = "none"  # the field's name sounds like a person, but it holds nothing about one
    PUBLIC_OFFICE = "public_office"  # a holder of public office, in that office: who signed as mayor; shown to everyone
    DUTY = "duty"  # a member of an office at work: who decided, who recorded; kept as long as the record
    CONTACT = "contact"  # how to reach somebody; members of the office only, erased on request
    INTERNAL = "internal"  # free words in which somebody may be named; members of the office only
    SPECIAL = (
        "special"  # children, health, belief, biometrics, finances: article 4 (2); with consent, named readers only
    )
