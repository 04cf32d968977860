"""Handing letters on."""

from kembar.mailbox.actions import post
from kembar.people.notices import Notice


def hand_on(notice: Notice) -> None:
    """The letter leaves when the change it tells of is kept. The action above has asked who may."""
    post(
        notice.to, office_id=notice.office_id, language=notice.language, heading=notice.subject, text=notice.text,
        kind=notice.kind, confidential=notice.confidential,
    )  # fmt: skip
