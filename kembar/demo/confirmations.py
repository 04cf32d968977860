"""What the partners of the sample said of promises: one confirmed, one confirmed and changed since, one objected to.

Everybody and everything in it is invented and says so. Told again, nothing is doubled.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from kembar.access.permissions import Actor
from kembar.cities.models import Office
from kembar.commitments import actions as promises
from kembar.commitments.content import WORDS, content_of
from kembar.commitments.queries import Commitment, by_key, from_origin
from kembar.commitments.rules import ACCOUNT, POST
from kembar.countersign.actions.answering import Said
from kembar.countersign.actions.asking import Addressee
from kembar.countersign.queries import Request, asked_in
from kembar.countersign.rules import ANSWER_WITHIN, fingerprint, language_of
from kembar.countersign.states import Channel, Reply
from kembar.languages.queries import original_hash
from kembar.lib.dates import EdtfDate, parse_edtf
from kembar.partnerships.queries import Partnership, files_of
from kembar.people.models import Account
from kembar.people.queries import actor, contacts_about


@dataclass(frozen=True, slots=True)
class Told:
    """One promise and what became of it: `theirs` are its words in the partner's language."""

    number: str
    file: str
    what: str
    theirs: str
    sentence: str
    side: str
    due: int  # days from the day of the telling
    reply: str
    words: str = ""
    moved_to: int = 0  # the day is put off after the partner confirmed


STORY = (
    Told("c1", "daegu", "mengirim tiga pelatih batik ke Daegu", "대구에 바틱 강사 세 명을 보낸다",
         "(Rekaan) Bandung akan mengirim tiga pelatih batik ke Daegu.", "own", 120, Reply.CONFIRM),
    Told("c2", "suwon", "menyediakan dua pelatih pengelolaan sampah", "폐기물 관리 강사 두 명을 제공한다",
         "(Rekaan) Suwon menyediakan dua pelatih pengelolaan sampah.", "partner", 90, Reply.CONFIRM, moved_to=180),
    Told("c3", "nanning", "menerima 20 mahasiswa Bandung di Nanning", "在南宁接收20名万隆大学生",
         "(Rekaan) Nanning akan menerima 20 mahasiswa dari Bandung.", "partner", 150, Reply.DISPUTE,
         "（虚构）我们约定的是10名，不是20名。"),
)  # fmt: skip


def partners_answer(office: Office, members: dict[str, Account]) -> None:
    """`members` by what stands before the @ of their address; the promises of the other file are there already."""
    officer, translator = actor(members["petugas"]), actor(members["penerjemah"])
    files = {row.slug: row for row in files_of(office.pk)}
    for told in STORY:
        if from_origin(f"sample:{told.number}", office_id=office.pk) is None:
            _tell(told, files[told.file], office=office, officer=officer, translator=translator)


def _tell(told: Told, file: Partnership, *, office: Office, officer: Actor, translator: Actor) -> None:
    known = from_origin("sample:1", office_id=office.pk)
    if known is None:
        raise LookupError("the promises of the sample are told first")
    promised = promises.Promised(what=told.what, sentence=told.sentence, side=told.side, language="id",
                                 due=_day(office, told.due), made_on=_day(office, -160))  # fmt: skip
    row = promises.add(promised, by=officer, partnership=file, document=known.document,
                       origin=f"sample:{told.number}", confirmed=["made_long_before_source"])  # fmt: skip
    keepers = promises.Keepers(owner=f"{ACCOUNT}{officer.person_id}", deputy=f"{POST}Bagian Kerja Sama")
    row = promises.accept(row, by=officer, keepers=keepers, seen=row.version)
    own, theirs = (language_of(place.country) for place in (office.local_government, file.partner))
    promises.translate(row, by=translator, text=told.theirs, language=theirs,
                       of_hash=original_hash(row.key, field=WORDS, office_id=office.pk))  # fmt: skip
    contact = contacts_about(file.key, office_id=office.pk, by=officer).exclude(email="").filter(until_latest=None)[0]
    to = Addressee(contact, Channel.LINK, own, theirs, office.today() + timedelta(days=ANSWER_WITHIN))
    seen = fingerprint(content_of(_now(row), languages=(own, theirs)))
    _answered(row, promises.ask_partner([row], by=officer, to=to, seen={row.key: seen}), told, seen)
    if told.moved_to:
        row = _now(row)
        later = replace(promises.as_promised(row), due=_day(office, told.moved_to))
        promises.amend(row, by=officer, promised=later, seen=row.version, confirmed=["made_long_before_source"])


def _answered(row: Commitment, request: Request, told: Told, seen: str) -> None:
    [asked] = asked_in(request)
    promises.take_answer(row, asked=asked, said=Said(reply=told.reply, seen=seen, words=told.words))


def _now(row: Commitment) -> Commitment:
    return by_key(row.key, office_id=row.office_id)


def _day(office: Office, days: int) -> EdtfDate:
    return parse_edtf((office.today() + timedelta(days=days)).isoformat())
