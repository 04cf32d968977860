"""What an office at work adds to the register: who holds public office, whom to write to, what was promised.

Holders of public office are real and known from the press; contacts, promises, the pasted text and the visitor's report
are invented and say so. Told again, nothing is doubled.
"""

import csv
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from kembar.access.permissions import ANONYMOUS, SYSTEM, Actor
from kembar.agreements.actions import Source, record_paper, record_signature
from kembar.agreements.queries import papers_of
from kembar.cities.models import Office
from kembar.commitments import actions as promises
from kembar.commitments.queries import Commitment, from_origin
from kembar.commitments.rules import ACCOUNT, POST
from kembar.intake.actions import Pasted, TextRefused, paste
from kembar.lib.dates import EdtfDate, parse_edtf
from kembar.partnerships.actions.keepers import name_keepers
from kembar.partnerships.actions.notes import write_note
from kembar.partnerships.queries import Partnership, file, files_of, notes_of
from kembar.people.actions.contacts import Reach, add_contact
from kembar.people.actions.holders import Term, name_holder
from kembar.people.models import Account
from kembar.people.queries import actor, contacts_about, register_of
from kembar.sources.actions import DocumentFacts, keep_document, report_error
from kembar.sources.models import Document
from kembar.sources.queries import reports_of
from kembar.sources.states import DocumentKind

DATA = Path(__file__).parent / "data"
ARTICLE = """(Berita rekaan untuk contoh data.) BANDUNG – Pemerintah Kota Bandung dan Pemerintah Kota Suwon membahas \
pertukaran pelajar dan pelatihan pengelolaan sampah di Balai Kota Bandung.

Pemkot Bandung akan mengirim 15 guru ke Suwon pada Maret 2027. Suwon berjanji menyediakan dua pelatih pengelolaan \
sampah paling lambat 30 Juni 2027."""
RESPONSIBLE = (
    ("suwon", "petugas", "penerjemah"),
    ("daegu", "petugas", "kepala"),
    ("melbourne", "kepala", "petugas"),
)
NOTES = (
    (
        "suwon",
        "petugas",
        "(Rekaan) Mitra lebih cepat menjawab lewat surel berbahasa Korea; kirim ke Penerjemah dahulu.",
    ),
    ("melbourne", "kepala", "(Rekaan) Sebelum rapat dengan DPRD, siapkan tabel ruang lingkup."),
    ("petaling-jaya", "petugas", "(Rekaan) Naskah pembaruan masih menunggu masukan perangkat daerah."),
)
REPORT = "(Laporan rekaan.) Nama kota mitra di halaman ini ditulis dengan dua cara; mana yang benar?"


def go_to_work(office: Office, members: dict[str, Account]) -> None:
    """Office-holders, contacts, promises, a text to decide on and a report to answer. `members` by what stands before
    the @ of their address."""
    officer = actor(members["petugas"])
    files = {row.slug: row for row in files_of(office.pk)}
    _holders(office, files, by=officer)
    _contacts(office, files, by=officer)
    _promises(office, files, members)
    _responsible(files, members)
    _notes(files, members)
    with suppress(TextRefused):  # it was pasted before
        paste(Pasted(title="Berita rekaan: Bandung dan Suwon", body=ARTICLE, published=office.today(),
                     publisher="Contoh data"), by=officer, office=office)  # fmt: skip
    if not reports_of(office.pk).exists():
        report_error(by=ANONYMOUS, office_id=office.pk, page=f"/{office.slug}/partners/suwon/", text=REPORT,
                     language="id", sender="contoh", about=files["suwon"].key)  # fmt: skip


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _when(text: str) -> EdtfDate | None:
    return parse_edtf(text) if text else None


def _holders(office: Office, files: dict[str, Partnership], *, by: Actor) -> None:
    known = {(row.person, row.capacity) for row in register_of(office.pk)}
    for row in _rows("holders.tsv"):
        if (row["person"], row["capacity"]) in known:
            continue
        party = office.local_government if row["party"] == "home" else files[row["party"]].partner
        term = Term(row["person"], row["post"], row["capacity"], _when(row["since"]), _when(row["until"]))
        name_holder(term, by=by, office=office, party=party)


def _contacts(office: Office, files: dict[str, Partnership], *, by: Actor) -> None:
    """Those of the table, and one for every other partner."""
    told = _rows("contacts.tsv")
    named = {row["file"] for row in told}
    nobody = {"name": "Narahubung Contoh", "post": "", "organisation": "", "language": "en", "since": "", "until": "",
              "note": "Tokoh rekaan untuk contoh data."}  # fmt: skip
    told += [{"file": slug, **nobody} for slug in files if slug not in named]
    for row in told:
        about = files[row["file"]].key
        if contacts_about(about, office_id=office.pk, by=by).filter(name=row["name"]).exists():
            continue
        reach = Reach(
            name=row["name"], post=row["post"], organisation=row["organisation"], language=row["language"],
            email=f"{row['file']}@mitra.example", phone="+00 000 0000", since=_when(row["since"]),
            until=_when(row["until"]), note=row["note"],
        )  # fmt: skip
        add_contact(reach, by=by, office=office, about=about)


def _promises(office: Office, files: dict[str, Partnership], members: dict[str, Account]) -> None:
    """Promises of every state, dated from the day of the telling, so that some are due soon and one is overdue."""
    officer = actor(members["petugas"])
    document = None
    for row in _rows("promises.tsv"):
        origin = f"sample:{row['number']}"
        if from_origin(origin, office_id=office.pk) is not None:
            continue
        document = document or _minutes(office, by=officer)
        promised = promises.Promised(
            what=row["what"], sentence=row["sentence"], side=row["side"], actor=row["actor"],
            counterpart=row["counterpart"], made_on=_day(office, row["made"]), due=_day(office, row["due"]),
        )  # fmt: skip
        made = promises.add(
            promised, by=officer, partnership=files[row["file"]], document=document, origin=origin,
            confirmed=["made_long_before_source"],
        )  # fmt: skip
        if row["ends"] != "claimed":
            keepers = promises.Keepers(owner=_keeper(row["owner"], members), deputy=_keeper(row["deputy"], members))
            taken = promises.accept(made, by=officer, keepers=keepers, seen=made.version)
            _END.get(row["ends"], _leave)(taken, office, officer)


def _responsible(files: dict[str, Partnership], members: dict[str, Account]) -> None:
    """Who answers for some of the partners; nobody has been named for the others yet."""
    for slug, owner, deputy in RESPONSIBLE:
        file = files[slug]
        if not file.owner:
            who = {"owner": _keeper(owner, members), "deputy": _keeper(deputy, members)}
            name_keepers(file, by=actor(members["kepala"]), seen=file.keepers, **who)


def _notes(files: dict[str, Partnership], members: dict[str, Account]) -> None:
    """What colleagues leave each other in a file."""
    for slug, writer, text in NOTES:
        by = actor(members[writer])
        if not notes_of(files[slug], by=by).exists():
            write_note(text, by=by, partnership=files[slug])


def _minutes(office: Office, *, by: Actor) -> Document:
    facts = DocumentFacts(title="Notula rekaan untuk contoh data", kind=DocumentKind.MINUTES, language="id",
                          published=_day(office, "-150"))  # fmt: skip
    return keep_document(facts, by=by, office_id=office.pk)


def _day(office: Office, days: str) -> EdtfDate:
    return parse_edtf((office.today() + timedelta(days=int(days))).isoformat())


def _keeper(name: str, members: dict[str, Account]) -> str:
    return f"{ACCOUNT}{members[name].pk}" if name in members else f"{POST}{name}"


def _leave(taken: Commitment, office: Office, by: Actor) -> None:
    """Accepted, and nothing more yet."""


def _start(taken: Commitment, office: Office, by: Actor) -> None:
    promises.start(taken, by=by, seen=taken.version)


def _keep(taken: Commitment, office: Office, by: Actor) -> None:
    shown = promises.Outcome(on=_day(office, "-70"), evidence="(Rekaan) Panduan terbit dan dikirim ke mitra.")
    promises.keep(taken, by=by, outcome=shown, seen=taken.version)


def _drop(taken: Commitment, office: Office, by: Actor) -> None:
    reason = "(Rekaan) Biaya sewa tidak tertutup; diganti promosi daring."
    promises.drop(taken, by=by, reason=reason, on=_day(office, "-40"), seen=taken.version)


_END: dict[str, Callable[[Commitment, Office, Actor], None]] = {"started": _start, "kept": _keep, "dropped": _drop}


def counterpart_at_work(office: Office) -> None:
    """In the other city's file: minutes signed by somebody whose term had ended, which the desk points out."""
    own = file("bandung", office_id=office.pk)
    if papers_of(own):
        return
    term = Term("예시 국장 (가상 인물)", "국제통상국장", "definitive", parse_edtf("2019-07"), parse_edtf("2021-06"))
    name_holder(term, by=SYSTEM, office=office, party=office.local_government)
    facts = DocumentFacts(title="가상 실무회의록 (예시 자료)", kind=DocumentKind.MINUTES, language="ko",
                          published=parse_edtf("2022-05-10"))  # fmt: skip
    said = Source(facts=facts)
    paper = record_paper(by=SYSTEM, partnership=own, kind="minutes", source=said, values={"concluded": "2022-05-10"})
    values = {"date": "2022-05-10", "signatory": term.person, "post": term.post}
    record_signature(by=SYSTEM, instrument=paper, party=office.local_government, source=said, values=values)
    reach = Reach(name="Narahubung Contoh", post="Staf kerja sama", email="bandung@mitra.example", language="id",
                  note="예시 자료의 가상 인물입니다.")  # fmt: skip
    add_contact(reach, by=SYSTEM, office=office, about=own.key)
