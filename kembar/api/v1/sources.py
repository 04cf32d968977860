"""Sources: the documents on which the register rests. Entered and corrected with the same actions as at the desk."""

from typing import Any

from django.utils.translation import gettext, gettext_lazy

from kembar.access.permissions import Permission
from kembar.api.fields import Choice, Edtf, Field, Text, WebAddress
from kembar.api.operation import OFFICE, PAGING, Answer, Call, Operation, by_token, open_to_all
from kembar.api.problems import Fault, Problem, not_found
from kembar.api.shapes import DATE, TEXT, WHOLE, code, dated, listing, maybe, record
from kembar.sources import actions, queries
from kembar.sources.states import DocumentKind

OPEN = "Where the figures of the public register come from is shown beside each of them."
SOURCE = record(
    "Source",
    "A document: an article, a page, a signed paper, a letter, the office's own statement.",
    id=WHOLE, title=TEXT, publisher=TEXT, published=maybe(DATE), kind=code(DocumentKind.values), address=TEXT,
    language=TEXT, claims=WHOLE,
)  # fmt: skip
FIELDS: tuple[Field, ...] = (
    Text(name="title", about=gettext_lazy("The title, as it stands over the document."), required=True),
    Text(name="publisher", about=gettext_lazy("Who published it."), longest=200),
    Edtf(name="published", about=gettext_lazy("When it was published, as far as it is known (EDTF).")),
    Choice(name="kind", about=gettext_lazy("What sort of document it is."), codes=DocumentKind.values, empty="other"),
    WebAddress(name="address", about=gettext_lazy("Its address on the web.")),
    Text(name="language", about=gettext_lazy("Its language, a code such as id, en, ko."), longest=10,
         pattern="[A-Za-z-]*"),
    Text(name="note", about=gettext_lazy("A note that only members of the office read."), longest=2000),
)  # fmt: skip


def source_shown(row: queries.Document, *, claims: int) -> dict[str, Any]:
    return {
        "id": row.pk, "title": row.title, "publisher": row.publisher, "published": dated(row.published),
        "kind": row.kind, "address": row.address, "language": row.language, "claims": claims,
    }  # fmt: skip


def sources(call: Call) -> dict[str, Any]:
    given = call.given
    rows = queries.documents_asked(call.office.pk, search=given["q"], kind=given["kind"], sort="title")
    return call.page(
        list(rows[call.bounds]),
        lambda found: [source_shown(row, claims=getattr(row, "claim_count", 0)) for row in found],
    )


def _named(call: Call) -> queries.Document:
    try:
        return queries.document(call.path["id"], office_id=call.office.pk)
    except queries.NoSuchDocument:
        raise not_found() from None


def _whole(call: Call, row: queries.Document) -> dict[str, Any]:
    return source_shown(row, claims=queries.claims_asked(call.office.pk, document=row.pk).count())


def source(call: Call) -> dict[str, Any]:
    return _whole(call, _named(call))


def enter(call: Call) -> Answer:
    facts = actions.DocumentFacts(**call.body)
    known = queries.document_like(
        call.office.pk, title=facts.title, publisher=facts.publisher, address=facts.address
    )  # fmt: skip
    row = actions.keep_document(facts, by=call.by, office_id=call.office.pk)
    where = {"Location": f"/api/v1/sources/{row.pk}"}
    return Answer(_whole(call, row), status=200 if known else 201, headers=where)


def correct(call: Call) -> dict[str, Any]:
    row = _named(call)
    held = {field.name: getattr(row, field.name) for field in FIELDS}
    try:
        actions.correct_document(row, by=call.by, facts=actions.DocumentFacts(**held | call.body))
    except actions.NotTheSameOffice:
        told = gettext("A source of this title, publisher and address is on file: join them.")
        raise Problem(409, told, faults=[Fault("#/title", told)]) from None
    return _whole(call, _named(call))


OPERATIONS = [
    Operation(
        name="listSources", path="/sources", group="sources",
        summary=gettext_lazy("The documents on which the register rests"),
        entry=open_to_all(OPEN), run=sources, shape=listing(SOURCE),
        query=(
            Text(name="q", about=gettext_lazy("Only those whose title, publisher or address holds this."),
                 longest=200),
            Choice(name="kind", about=gettext_lazy("Only this kind."), codes=DocumentKind.values), OFFICE, *PAGING,
        ),
    ),
    Operation(
        name="enterSource", method="POST", path="/sources", group="sources",
        summary=gettext_lazy("Enters a source; one that is on file already is given back as it is"),
        entry=by_token(Permission.KEEP_REGISTER), run=enter, shape=SOURCE, body=FIELDS, statuses=(200, 201),
        problems=(403,),
    ),
    Operation(
        name="readSource", path="/sources/{id}", group="sources", summary=gettext_lazy("One source"),
        entry=open_to_all(OPEN), run=source, shape=SOURCE, query=(OFFICE,),
    ),
    Operation(
        name="correctSource", method="PATCH", path="/sources/{id}", group="sources",
        summary=gettext_lazy("Corrects what is known of a source; only what changes is sent"),
        entry=by_token(Permission.KEEP_REGISTER), run=correct, shape=SOURCE, body=FIELDS, partly=True,
        problems=(403, 409),
    ),
]  # fmt: skip
