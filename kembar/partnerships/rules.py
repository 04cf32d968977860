"""Who can answer for something in a file: a member by the account, or a post of our side. Plain Python."""

import re

POST, ACCOUNT = "post:", "account:"
_KEEPER = re.compile(r"account:[1-9][0-9]{0,17}|post:\S.{0,190}")


def is_keeper(key: str) -> bool:
    """Whether this names somebody who can answer for something: `account:7`, or a post of our side (`post:…`)."""
    return _KEEPER.fullmatch(key) is not None


def wrong_keepers(owner: str, *, deputy: str) -> tuple[str, str] | None:
    """(field, code) of what is wrong with these two: not_a_keeper, missing, same_keeper; None where nothing is."""
    for field, key in (("owner", owner), ("deputy", deputy)):
        if key and not is_keeper(key):
            return field, "not_a_keeper"
    if deputy and not owner:
        return "owner", "missing"
    return ("deputy", "same_keeper") if owner and owner == deputy else None
