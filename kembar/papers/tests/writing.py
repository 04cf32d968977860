"""An office with a case that has walked far, everything that papers ask filled in: for the tests of this folder."""

from datetime import date

from kembar.access.permissions import SYSTEM
from kembar.cities.models import Office
from kembar.lib.dates import parse_edtf
from kembar.papers import rules
from kembar.papers.actions import Heading, fill_in, give_number, set_letterhead, set_scheme
from kembar.papers.fields import FIELDS
from kembar.papers.queries import fitting
from kembar.people.actions.holders import Term, name_holder
from kembar.procedure.actions import check
from kembar.procedure.models import Case
from kembar.procedure.tests.walking import file, now, opened, walk
from tests import members

SCOPE = ("Pengelolaan sampah", "Pertukaran pelajar")
SAID = {"date": "2026-03-09", "number": "6"}


def begun(office: Office | None = None) -> Case:
    """A new tie with Suwon, nothing filled in and nothing walked."""
    office = office or members.office()
    return opened(file(office, name="Suwon", country="KR"), scope=SCOPE, planned_term="P5Y", objects=("culture",),
                  subject="Kota kembar Bandung dan Suwon", confirmed=("level_differs",))  # fmt: skip


def walked(case: Case) -> Case:
    """As far as the full powers, each step with a number of its own."""
    walk(case, "initiative", "exploration", on="2020-02-03")
    walk(case, "letter_of_intent", on="2020-03-04", scope=SCOPE, languages="id en ko", prevailing="en")
    walk(case, "cooperation_plan", on="2020-05-06")
    walk(case, "council_commission", on="2021-06-07", number="KOM-7", scope=SCOPE, term="P5Y")
    walk(
        case,
        "council_plenary",
        on="2021-07-08",
        number="DPRD-8",
        scope=SCOPE,
        term="P5Y",
        conditions="Lapor tiap tahun",
    )
    walk(case, "ministry_verification", "drafting", "interministerial_review", on="2022-01-10", number="VER-1")
    walk(case, "initialling", on="2022-02-11", number="PRF-2")
    walk(case, "ministerial_approval", on="2022-03-14", number="MDN-3")
    name_holder(Term(person="Bambang Tirtoyuliono", post="Pj. Wali Kota", since=parse_edtf("2023-09-20")), by=SYSTEM,
                office=case.office, party=case.office.local_government)  # fmt: skip
    name_holder(Term(person="Lee Jae-joon", post="Mayor", since=parse_edtf("2022-07-01")), by=SYSTEM,
                office=case.office, party=case.partnership.partner)  # fmt: skip
    return walk(case, "full_powers", on="2023-10-12", number="KUASA-4")


def stationery(office: Office) -> None:
    """Both letterheads and a way of numbering."""
    mayor = Heading("WALI KOTA BANDUNG", "Jalan Wastukancana Nomor 2 Bandung 40117")
    set_letterhead(office, by=SYSTEM, whose="mayor", heading=mayor, seen=0)
    ours = Heading("PEMERINTAH KOTA BANDUNG\nSEKRETARIAT DAERAH", "Jalan Wastukancana Nomor 2 Bandung 40117",
                   signer="Nama Contoh", signer_post="Kepala Bagian Kerja Sama", signer_rank="Pembina",
                   signer_number="197001011990011001")  # fmt: skip
    set_letterhead(office, by=SYSTEM, whose="office", heading=ours, seen=0)
    scheme = rules.Scheme("{klasifikasi}/{nomor}/{unit}/{tahun}", "Bag.KS", 3)
    set_scheme(office, by=SYSTEM, scheme=scheme, classification="000.8")


def filled(case: Case, column: str = "ko") -> Case:
    """Every field that papers ask, each with words that tell which it is, in both languages; every requirement met."""
    values = {}
    for text in fitting(case):
        for code in text.fields:
            field = FIELDS[code]
            if not field.asked:
                continue
            own = SAID.get(field.kind, f"isi {code}")
            values[code, "id"] = "\n".join(f"{own} {n}" for n in (1, 2)) if field.kind == "items" else own
            if field.several:
                values[code, column] = "쓰레기 관리\n학생 교류" if field.kind == "items" else f"내용 {code}"
    fill_in(case, by=SYSTEM, values=values)
    for code in ("relations", "own_affairs", "no_office", "no_interference", "fits_plans", "transferable",
                 "equal_status", "complementary", "people"):  # fmt: skip
        check(now(case), by=SYSTEM, requirement=code, result="met", evidence=f"bukti {code}", seen=now(case).version)
    for text in fitting(case):
        if text.numbered:
            give_number(
                case.office, by=SYSTEM, day=date(2026, 3, 9), subject=text.name["id"], case=case, paper=text.code
            )
    return now(case)


def whole() -> Case:
    case = begun()
    walked(case)
    stationery(case.office)
    return filled(case)
