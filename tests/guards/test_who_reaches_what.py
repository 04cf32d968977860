"""Who reaches which address with which method: every address, asked for real, for every sort of person.

Why: offices share one instance, and one address that was forgotten shows one office's file to another. What is expected
follows from the mark over each view's door (kembar/web/entry.py) and from kembar/access/permissions.py; what is asked
is the page itself, with a real object of the office in its address. How to satisfy: an address with a new kind of
object in it fails until SAMPLES below knows one, made by a real action in `everything()`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern

from kembar.access.permissions import SYSTEM, Actor, Permission, Role, may
from kembar.agreements.models import Instrument
from kembar.cities.models import Office
from kembar.commitments import actions as commitments
from kembar.commitments.models import Commitment
from kembar.commitments.tests.promising import KEEPERS, article, promised
from kembar.countersign.actions.answering import Said
from kembar.countersign.models import Answer, Asked, Request
from kembar.intake.actions import Pasted, paste
from kembar.intake.models import Draft, Text
from kembar.intake.tests.conftest import ARTICLE
from kembar.languages.actions import add_term
from kembar.languages.models import OwnTerm
from kembar.lib.dates import parse_edtf
from kembar.mailbox.models import Letter
from kembar.papers.actions import give_number
from kembar.papers.models import LetterNumber
from kembar.partnerships.actions import write_note
from kembar.partnerships.models import Attachment, Note, Partnership
from kembar.partnerships.tests.attaching import handed_in
from kembar.people.actions.contacts import Reach, add_contact
from kembar.people.actions.holders import Term, name_holder
from kembar.people.actions.members import give_role, invite
from kembar.people.actions.tokens import make_token
from kembar.people.models import AccessToken, Account, Contact, Invitation, Membership, OfficeHolder
from kembar.procedure.actions import Planned, open_case, set_recess
from kembar.procedure.models import Case, Recess
from kembar.procedure.shipped import templates
from kembar.procedure.template import Template
from kembar.public.tests import test_countersigning as partner
from kembar.reminders.actions import open_calendar
from kembar.reminders.rules import LEAVE
from kembar.sources.actions import report_error
from kembar.sources.models import Claim, Document, Report
from kembar.spreadsheets.models import Spreadsheet
from kembar.spreadsheets.samples import SAMPLES as SHIPPED
from kembar.spreadsheets.tests.conftest import looked_through
from kembar.web.actions import save_view
from kembar.web.entry import Entry, entry_of
from kembar.web.models import SavedView
from tests import members

pytestmark = pytest.mark.django_db
ROLES = {who: Role(who) for who in ("reader", "officer", "translator", "head", "administrator")}
WHO = ("visitor", *ROLES, "stranger")  # the stranger is head and administrator of another office
METHODS = ("GET", "POST", "DELETE", "TRACE")
# A method that no page takes is refused alike to all whom the door lets in: asked by who may most, and by nobody.
TRIES_ALL = {"visitor", "head", "administrator"}
# On the second database the pages are asked by who has most of them, and for what is another office's.
ON_BOTH = {"officer", "stranger"}
EVERYBODY = [who if who in ON_BOTH else pytest.param(who, marks=pytest.mark.either_database) for who in WHO]
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Written as an expression, not as a route.
WRITTEN_OUT = {"account_reset_password_from_key": "/account/password/forgotten/1-abc-def/"}
# Of one's own account: nobody in this table has set up what these pages are about.
NOTHING_THERE = {
    "people_end_session", "people_revoke_token", "mfa_deactivate_totp", "mfa_remove_webauthn",
    "mfa_view_recovery_codes", "mfa_download_recovery_codes",
}  # fmt: skip
# Two drafts are merged by naming the other one, which an empty form does not; who answered by a link signed no sheet.
NOTHING_THERE |= {"intake:merge", "desk:scan"}
# No directory of the city is set.
NOTHING_THERE |= {"people_directory", "openid_connect_callback"}
# Which rule is set aside stands in the query.
NOTHING_THERE |= {"desk:case-set-aside"}
# The deed asks for more than the door: a view of the whole office is dropped by who keeps its register, a note is
# changed by who wrote it.
ASKS_MORE = {"desk:drop-view": {"officer", "head"}, "desk:change-note": {"officer"}}
# A mail program leaves for its reader with one click (RFC 8058) and has no token of a form; the link is signed, ends
# digests and does nothing else.
ONE_CLICK = {"reminders:leave"}
# What every office reads alike.
SHARED = {"desk:procedure", "desk:procedure-text", "spreadsheets:sample"}
# Named by a word and not by a number: every office has letterheads of its own.
SHARED |= {"papers:letterhead"}
# Leaving leads back to the page that was left, whatever it was; that page then does not exist.
SHARED |= {"public:confirmation-leave"}


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    entry: Entry


def walk(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    for pattern in resolver.url_patterns:
        # Every language has the same pages; Indonesian stands without a word of its own.
        own = "" if isinstance(pattern.pattern, LocalePrefixPattern) else str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern, before + own, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            written = WRITTEN_OUT.get(pattern.name or "", own) if isinstance(pattern.pattern, RegexPattern) else own
            yield f"{space}{pattern.name}", f"/{before}{written}".replace("//", "/"), pattern


def addresses() -> list[Address]:
    found = []
    for name, route, pattern in walk(get_resolver()):
        entry = entry_of(pattern.callback)
        assert entry is not None, f"/{route} does not say who may enter: see tests/guards/test_addresses.py"
        found.append(Address(name, route, entry))
    return found


# --- a real object for each address ---------------------------------------------------------------------------------


def everything() -> None:
    """Somebody of every role, and one object of everything an address can name."""
    office = Office.objects.get(slug="bandung")
    suwon = Partnership.objects.get(slug="suwon", office=office)
    people = {who: members.member(who, role, office=office, password=members.PASSWORD) for who, role in ROLES.items()}
    stranger = members.member("stranger", Role.HEAD, office=members.office("daegu"), password=members.PASSWORD)
    give_role(stranger, by=SYSTEM, office=members.office("daegu"), role=Role.ADMINISTRATOR)
    promise = commitments.add(promised(), by=SYSTEM, partnership=suwon, document=article(office))
    commitments.accept(promise, by=SYSTEM, keepers=KEEPERS, seen=1)
    handed_in(suwon)
    officer = Actor(people["officer"].pk, "officer", {office.pk: frozenset({Role.OFFICER})})
    write_note("x", by=officer, partnership=suwon)
    add_contact(Reach(name="Park"), by=SYSTEM, office=office, about=suwon.key)
    name_holder(Term(person="Lee", post="Mayor"), by=SYSTEM, office=office, party=suwon.partner)
    report_error(by=SYSTEM, office_id=office.pk, page="/", text="x", language="id", sender="y")
    paste(Pasted(title="Nanning", body=ARTICLE, published=date(2025, 3, 26)), by=SYSTEM, office=office)
    save_view(by=SYSTEM, office_id=office.pk, page="partners", name="x", query="", shared=True)
    make_token(people["head"], by=SYSTEM, office=office, name="x", scopes=["read"], days=30)
    looked_through(office)
    planned = Planned(kind="new_tie", subject="x", opened_on=parse_edtf("2020-01-02"))
    open_case(planned, by=SYSTEM, partnership=suwon, confirmed=("level_differs",))
    add_term({"id": "x", "en": "y"}, by=officer, office_id=office.pk)
    day = suwon.office.today()
    set_recess(suwon.office, by=SYSTEM, first=day, last=day, name="Masa reses", source="Jadwal DPRD")
    give_number(office, by=SYSTEM, day=date(2026, 1, 2), subject="x", classification="000")
    _told_once["calendar"] = open_calendar(by=officer)
    row = partner.promise(suwon)
    partner.asked(suwon, row)
    objection = Said(reply="dispute", seen=partner.content(row), words="x")
    commitments.take_answer(row, asked=Asked.objects.get(), said=objection)
    invite(office, by=SYSTEM, name="Guest", email="guest@example.org", role=Role.READER)
    root = Path(settings.MEDIA_ROOT)
    _on_disk.update({str(one.relative_to(root)): one.read_bytes() for one in root.rglob("*") if one.is_file()})


_told_once: dict[str, str] = {}  # secrets that no table holds
_on_disk: dict[str, bytes] = {}  # what the objects keep in files; the folder of files is a new one for every test


def newest(table: type[Model], **only: object) -> str:
    return str(table._default_manager.filter(**only).order_by("-pk")[0].pk)


def in_letters(pattern: str) -> str:
    return next(found[1] for one in Letter.objects.order_by("-pk") if (found := re.search(pattern, one.text)))


def first_template() -> Template:
    return min(templates().values(), key=lambda found: (found.code, found.version))


def samples() -> dict[str, Callable[[], object]]:
    """Parameter of an address, with the word before it where that tells two apart → an object of Bandung."""
    return {
        "office": lambda: "bandung",
        "partner": lambda: "suwon",
        "extension": lambda: "csv",
        "record": lambda: "instrument",
        "kind": lambda: "date",
        "papers/number": lambda: newest(Instrument, partnership__slug="suwon"),
        "record/number": lambda: newest(Instrument, partnership__slug="suwon"),
        "views/number": lambda: newest(SavedView),
        "commitments/number": lambda: newest(Commitment),
        "documents/number": lambda: newest(Attachment),
        "notes/number": lambda: newest(Note),
        "contacts/number": lambda: newest(Contact),
        "holders/number": lambda: newest(OfficeHolder),
        "sources/number": lambda: newest(Document),
        "reports/number": lambda: newest(Report),
        "confirmations/number": lambda: newest(Request),
        "answers/number": lambda: newest(Answer),
        "points/number": lambda: newest(Asked),
        "confirmations/token": lambda: in_letters(r"/confirmations/([^/\s]+)/"),
        "language": lambda: "ko",
        "spreadsheets/number": lambda: newest(Spreadsheet),
        "samples/name": lambda: SHIPPED[0].slug,
        "cases/number": lambda: newest(Case),
        "recess/number": lambda: newest(Recess),
        "paper": lambda: "council_letter",
        "letter-numbers/number": lambda: newest(LetterNumber),
        "whose": lambda: "office",
        "step": lambda: Case.objects.get().step,
        "requirement": lambda: "relations",
        "deed": lambda: "withdraw",
        "closed/why": lambda: "unknown",
        "calendar/token": lambda: _told_once["calendar"],
        "leave/token": lambda: signing.dumps(int(newest(Account, name="officer")), salt=LEAVE),
        "claim": lambda: newest(Claim),
        "text": lambda: newest(Text),
        "term": lambda: newest(OwnTerm),
        "draft": lambda: newest(Draft),
        "letters/number": lambda: newest(Letter, office_id=Office.objects.get(slug="bandung").pk),
        "membership": lambda: newest(Membership, account__name="officer"),
        "account": lambda: newest(Account, name="officer"),
        "invitation": lambda: newest(Invitation),
        "invitation/token": lambda: in_letters(r"/account/invitation/(\S+)/"),
        "reports/token": lambda: Report.objects.get().token,
        "tokens/token": lambda: newest(AccessToken),
        "session": lambda: "999999",
        "pk": lambda: "999999",
        "code": lambda: first_template().code,
        "code/version": lambda: first_template().version,
        "agreements/id": lambda: newest(Instrument),
        "sources/id": lambda: newest(Document),
        "claims/id": lambda: newest(Claim),
    }


SAMPLES = samples()


def parameters(route: str) -> list[tuple[str, str]]:
    """(what stands in the route, the key of its sample) of each parameter: "papers/number" before plain "number"."""
    found = []
    for match in PARAMETER.finditer(route):
        before = re.findall(r"([\w-]+)>?[/.]$", route[: match.start()])
        told_apart = f"{before[0]}/{match[1]}" if before else ""
        found.append((match[0], told_apart if told_apart in SAMPLES else match[1]))
    return found


def path_of(address: Address) -> str:
    path = address.route
    for written, key in parameters(address.route):
        path = path.replace(written, str(SAMPLES[key]()), 1)
    return path


def test_every_address_has_a_real_object_to_be_asked_with() -> None:
    missing = {
        f"{address.name} (/{address.route}): add a sample for {key!r} to SAMPLES in {__file__}, a real object made in "
        "everything()"
        for address in addresses()
        for _, key in parameters(address.route)
        if key not in SAMPLES
    }
    assert not missing, "\n".join(sorted(missing))


# --- who reaches it -------------------------------------------------------------------------------------------------

OPENS, SIGN_IN, NOT_THERE, TOKEN, METHOD = "opens", "sign in first", "does not exist", "needs a token", "no such method"


@pytest.fixture
def table(sample: Callable[..., None]) -> list[tuple[Address, str]]:
    """Every address with its path; the story, everything in it and the files behind it are there."""
    sample("register", more=everything)
    for name, content in _on_disk.items():
        place = Path(settings.MEDIA_ROOT) / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return [(address, path_of(address)) for address in addresses()]


def signed_in(who: str) -> Client:
    client = Client()
    if who != "visitor":
        members.sign_in(client, Account.objects.get(name=who))
    return client


def actor(who: str) -> Actor:
    """The person as the page of permissions knows them."""
    if who == "visitor":
        return Actor(None, "")
    office = Office.objects.get(slug="daegu" if who == "stranger" else "bandung")
    roles = frozenset({Role.HEAD, Role.ADMINISTRATOR}) if who == "stranger" else frozenset({ROLES[who]})
    return Actor(1, who, {office.pk: roles})


def expected(address: Address, method: str, *, by: Actor, office_id: int) -> str:
    """What the marks promise this person."""
    wanted = behind(address.entry, method, by=by, office_id=office_id)
    return NOT_THERE if wanted == OPENS and by.label not in ASKS_MORE.get(address.name, {by.label}) else wanted


def behind(entry: Entry, method: str, *, by: Actor, office_id: int) -> str:
    if method == "TRACE":
        return METHOD
    if entry.by_token:
        door = entry.by_method.get(method, None if entry.by_method else entry)
        if door is None:
            return METHOD
        return TOKEN if door.permission is not None else OPENS
    if entry.is_closed and by.person_id is None:
        return SIGN_IN
    if entry.permission is not None and not may(by, entry.permission, office_id=office_id):
        return NOT_THERE
    return METHOD if method == "DELETE" else OPENS


def asked(client: Client, method: str, path: str) -> Any:
    """The answer of the page; nothing it changed remains, not even a sign-out."""
    cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    with transaction.atomic():
        answer: Any = client.generic(method, path)
        transaction.set_rollback(True)
    client.cookies = cookies
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def answered(client: Client, method: str, path: str) -> str:
    """What the page does, in the words of the table."""
    answer = asked(client, method, path)
    if answer.status_code == 302 and answer.headers["Location"].startswith("/account/sign-in/?next="):
        return SIGN_IN
    words = {404: NOT_THERE, 401: TOKEN, 405: METHOD}
    return words.get(answer.status_code, OPENS if answer.status_code < 500 else f"fails with {answer.status_code}")


def is_of_the_library(name: str) -> bool:
    """Pages of the sign-in library send people on before they look at the method."""
    return name.startswith(("account_", "mfa_"))


def fits(found: str, wanted: str, *, address: Address, method: str) -> bool:
    """A page that opens may take one method only; nobody sends a form to a list."""
    if address.name in NOTHING_THERE and wanted == OPENS or is_of_the_library(address.name) and method == "DELETE":
        return found in (NOT_THERE, METHOD, OPENS, wanted)
    takes_one = wanted == OPENS or address.name in ASKS_MORE
    return found == wanted or (takes_one and found == METHOD and method in ("GET", "POST"))


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_address_is_open_to_whom_its_mark_says_and_to_nobody_else(
    who: str, table: list[tuple[Address, str]]
) -> None:
    client, by = signed_in(who), actor(who)
    office_id = Office.objects.get(slug="bandung").pk
    wrong = []
    methods = METHODS if who in TRIES_ALL else METHODS[:2]
    for address, path in table:
        found = {method: answered(client, method, path) for method in methods}
        for method in methods:
            wanted = expected(address, method, by=by, office_id=office_id)
            if not fits(found[method], wanted, address=address, method=method):
                wrong.append(f"{method} {path} ({address.name}): expected “{wanted}”, but “{found[method]}”")
        if found["GET"] == found["POST"] == METHOD and not address.entry.by_token:
            wrong.append(f"{path} ({address.name}): takes neither GET nor POST")
    assert not wrong, f"{who}:\n" + "\n".join(wrong)


def test_nothing_of_another_office_is_reached_by_its_number(table: list[tuple[Address, str]]) -> None:
    """Head and administrator of Daegu, at Daegu's own address, with the numbers of Bandung's records in it."""
    client = signed_in("stranger")
    reached = []
    for address, path in table:
        named = [key for _, key in parameters(address.route) if key not in ("office", "extension", "record", "kind")]
        if named and path.startswith("/bandung/") and address.name not in SHARED:
            theirs = path.replace("/bandung/", "/daegu/", 1)
            reached += [f"{method} {theirs} ({address.name})" for method in ("GET", "POST")
                        if answered(client, method, theirs) not in (NOT_THERE, METHOD)]  # fmt: skip
    assert not reached, "\n".join(reached)


@pytest.mark.either_database
def test_no_form_is_taken_without_its_token(table: list[tuple[Address, str]]) -> None:
    client = Client(enforce_csrf_checks=True)
    members.sign_in(client, Account.objects.get(name="head"))
    taken = []
    for address, path in table:
        if not address.entry.by_token and address.name not in ONE_CLICK:
            status = asked(client, "POST", path).status_code
            if status != 403:
                taken.append(f"{path} ({address.name}): {status}")
    assert taken == []


def test_the_table_sees_a_door_that_is_open_by_mistake() -> None:
    entry, nobody = Entry(Permission.KEEP_REGISTER), Actor(None, "")
    reader = Actor(1, "reader", {7: frozenset({Role.READER})})
    assert behind(entry, "GET", by=nobody, office_id=7) == SIGN_IN
    assert behind(entry, "GET", by=reader, office_id=7) == NOT_THERE
    assert behind(Entry(Permission.READ_DESK), "GET", by=reader, office_id=8) == NOT_THERE
    address = Address("desk:today", "", entry)
    assert fits(OPENS, NOT_THERE, address=address, method="GET") is False
    assert fits(NOT_THERE, OPENS, address=address, method="GET") is False
