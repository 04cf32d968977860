"""Handing a document in for a file, as tests do."""

import io
from typing import Any

from kembar.access.permissions import SYSTEM
from kembar.files.store import receive
from kembar.partnerships.actions import AttachmentFacts, attach
from kembar.partnerships.models import Attachment, Partnership

LETTER = b"Surat kepada Wali Kota Suwon.\n"


FACTS = ("kind", "title", "date", "subject", "number", "signing", "signers", "original_at")


def handed_in(file: Partnership, content: bytes = LETTER, *, name: str = "surat.txt", **more: Any) -> Attachment:
    """`more`: by, as_source, or what is said of the document (kind, title, date, subject)."""
    facts = {field: more.pop(field) for field in FACTS if field in more}
    with receive(io.BytesIO(content), name=name) as arrived:
        given = {"by": SYSTEM, **more}
        return attach(arrived, partnership=file, facts=AttachmentFacts(**{"kind": "letter", **facts}), **given)
