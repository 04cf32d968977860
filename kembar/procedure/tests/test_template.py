"""Templates: what came with the product is in order, what is wrong with a text is told, a version never changes."""

from datetime import date

import pytest

from kembar.procedure import shipped
from kembar.procedure.reading import read
from kembar.procedure.template import LANGUAGES, STAGES, Template, TemplateRefused

SMALL = """
code = "id-small"
version = 1
side = "own"
country = "ID"
kinds = ["new_tie"]
partners = ["sister"]
[name]
id = "Kecil"
[holders]
office = { id = "Bagian Kerja Sama" }
[[step]]
code = "draft"
no = 1
holder = "office"
reaches = "drafting"
name = { id = "Rancangan" }
certainty = "read"
[[step]]
code = "signing"
no = 2
holder = "office"
reaches = "signed"
name = { id = "Penandatanganan" }
certainty = "read"
"""


def faults(text: str) -> list[str]:
    with pytest.raises(TemplateRefused) as refused:
        read(text)
    return [str(fault) for fault in refused.value.faults]


def of(key: str) -> Template:
    return shipped.templates()[key]


def test_the_templates_that_come_with_the_product() -> None:
    own = sorted(key for key, one in shipped.templates().items() if one.side == "own")
    partners = sorted((one.country, one.draft) for one in shipped.templates().values() if one.side == "partner")
    assert own == ["any@1", "id-1993@1", "id-arrangement@1", "id-ksdll@1", "id-ksdpl-extension@1", "id-ksdpl@1",
                   "id-termination@1"]  # fmt: skip
    assert partners == [("", True), ("CN", True), ("DE", True), ("JP", True), ("KR", True), ("US", True)]


def test_no_deadline_of_the_road_is_known_so_none_is_shipped() -> None:
    assert [step.code for one in shipped.templates().values() for step in one.steps if step.deadline] == []


def test_no_article_is_called_verified_before_a_person_read_it() -> None:
    assert [one.code for found in shipped.templates().values() for one in found.basis if one.is_verified] == []


def test_every_step_says_its_name_in_four_languages() -> None:
    lacking = [
        (key, step.code)
        for key, one in shipped.templates().items()
        for step in one.steps
        if {code for code in LANGUAGES if step.name.texts.get(code)} != set(LANGUAGES)
    ]
    assert lacking == []


def test_the_road_of_today_passes_every_state_in_order() -> None:
    assert tuple(step.reaches for step in of("id-ksdpl@1").steps if step.reaches) == STAGES


def test_an_extension_begins_at_the_plan_and_keeps_the_rest() -> None:
    road, extension = of("id-ksdpl@1"), of("id-ksdpl-extension@1")
    assert [step.code for step in extension.steps] == [step.code for step in road.steps[3:]]
    assert extension.steps[0].after == ()
    assert extension.required_approvals == road.required_approvals


def test_the_road_of_1993_had_no_gate_of_verification_and_none_of_the_minister() -> None:
    road = of("id-1993@1")
    assert set(of("id-ksdpl@1").required_approvals) - set(road.required_approvals) == {
        "ministry_verification",
        "ministerial_approval",
    }
    drafting = road.step("drafting")
    assert drafting is not None
    assert drafting.after == ("council_plenary",)
    assert [road.holds_on(day) for day in (date(1993, 4, 25), date(1997, 8, 25), date(2020, 5, 22))] == [
        False,
        True,
        False,
    ]


def test_dead_law_is_told_from_law_in_force() -> None:
    basis = {one.code: one for one in of("id-ksdpl@1").basis}
    day = date(2026, 11, 21)
    assert [basis[code].in_force(day) for code in ("permendagri-3-2008", "permendagri-25-2020", "pp-28-2018-30")] == [
        False,
        True,
        True,
    ]


def test_in_china_the_day_of_signing_is_not_the_day_of_recognition() -> None:
    assert [tier.recognition for tier in of("partner-cn@1").tiers] == ["national_filing", "signature"]


def test_a_small_template_is_read() -> None:
    found = read(SMALL)
    assert (found.key, [step.code for step in found.steps], found.steps[1].after) == (
        "id-small@1",
        ["draft", "signing"],
        ("draft",),
    )
    assert found.name("ko") == "Kecil"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('holder = "office"\nreaches = "drafting"', 'holder = "dprd"\nreaches = "drafting"',
         ["step draft: dprd: unknown_holder"]),
        ('reaches = "drafting"', 'reaches = "deposited"', ["step signing: signed: stage_order"]),
        ('reaches = "signed"', 'reaches = "initialled"', ["step: never_signed"]),
        ('reaches = "signed"', 'reaches = "done"', ["step signing: reaches done: unknown_word"]),
        ('code = "signing"', 'code = "draft"', ["step draft: twice"]),
        ("no = 2", 'no = 2\nafter = ["plenary"]', ["step signing: after plenary: not_before"]),
        ("no = 2", 'no = 2\nbasis = ["pp-1"]', ["step signing: pp-1: unknown_basis"]),
        ("no = 2", "no = 2\ndeadline = { days = 10 }", ["step signing: deadline: citation: missing"]),
        ("no = 2", 'no = 2\nrecords = "approval:king"', ["step signing: approval:king: unknown_record"]),
        ("no = 2", "", ["step signing: no: missing"]),
        ("version = 1", "version = 0", ["file: version: unreadable"]),
        ("version = 1", "version = 1\nowner = 1", ["file: owner: unknown_key"]),
        ('name = { id = "Rancangan" }', 'name = { fr = "Projet" }',
         ["step draft: name.fr: unknown_key", "step draft: name: missing"]),
        ("version = 1", 'version = 1\nsteps_of = "id-none@1"', ["steps_of: id-none@1: unknown_base"]),
        ("version = 1", 'version = 1\nvalid_from = "2020-13-40"', ["file: valid_from: unreadable"]),
        ("version = 1", "version = 1\nleave_out = 5", ["file: leave_out: unreadable"]),
        ("[holders]", '[holders]\n"Wali Kota" = { id = "Wali Kota" }', ["holders: Wali Kota: unreadable"]),
        ("[holders]", f'[holders]\n{"h" * 51} = {{ id = "Wali" }}', [f"holders: {'h' * 51}: unreadable"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, told: list[str]) -> None:
    assert faults(SMALL.replace(old, new)) == told


def test_a_broken_file_says_in_which_line() -> None:
    with pytest.raises(TemplateRefused) as refused:
        read(SMALL.replace('side = "own"', "side = own"))
    assert [(one.code, one.where, one.line) for one in refused.value.faults] == [("not_toml", "side = own", 4)]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("no = 2", 'no = 2\nafter = ["plenary"]', 22),
        ("no = 2", "", 19),
        ("version = 1", "version = 0", 3),
        ('name = { id = "Rancangan" }', 'name = { fr = "Projet" }', 17),
        ('holder = "office"\nreaches = "drafting"', 'holder = "dprd"\nreaches = "drafting"', 15),
        ("no = 2", "no = 2\n[step.deadline]\ndays = 10", 22),
        ("version = 1", 'version = 1\nsteps_of = "id-none@1"', 4),
        ("[holders]", '[holders]\n"Wali Kota" = { id = "Wali Kota" }', 11),
        ('code = "signing"', 'code = "draft"', 20),
    ],
)
def test_every_fault_says_in_which_line_it_lies(old: str, new: str, line: int) -> None:
    with pytest.raises(TemplateRefused) as refused:
        read(SMALL.replace(old, new))
    assert refused.value.faults[0].line == line


@pytest.mark.parametrize("endless", ["[" * 50_000 + "]" * 50_000, "9" * 5_000])
def test_a_file_made_to_break_the_reader_is_refused(endless: str) -> None:
    [told] = faults(f"{SMALL}\nx = {endless}\n")
    assert told.endswith(": not_toml")


def test_a_file_larger_than_any_template_is_refused() -> None:
    assert faults("#" * 200_001) == ["file: too_long"]


def test_an_article_is_verified_by_somebody_on_a_day() -> None:
    basis = '\n[[basis]]\ncode = "pp"\nregulation = "PP 28/2018"\nvalid_from = "2018"\ncertainty = "read"\n'
    assert read(SMALL + basis + 'verified_by = "Bagian Hukum"\nverified_on = "2026-11-20"\n').basis[0].is_verified
    assert faults(SMALL + basis + 'verified_by = "Bagian Hukum"\n') == ["basis pp: half_verified"]
    assert faults(SMALL + basis + 'valid_to = "2010"\n') == ["basis pp: ends_before_it_begins"]


NAMES_ALONE = {"clair.or.jp", "Sumatera Barat–Fès-Boulmane"}


def test_every_source_is_said_in_four_languages_unless_it_is_a_name() -> None:
    said = [
        held.source.texts
        for one in shipped.templates().values()
        for held in (*one.steps, *one.basis, *one.tiers, *one.relations)
        if held.source.texts
    ]
    said += [one.authority_source.texts for one in shipped.templates().values() if one.authority_source.texts]
    assert len(said) > 60
    assert {texts["en"] for texts in said if set(texts) != set(LANGUAGES)} == NAMES_ALONE


def test_a_source_may_be_one_text_for_all_languages() -> None:
    found = read(SMALL.replace("no = 2", 'no = 2\nsource = "Antara, 31 March 2023"'))
    assert [found.steps[1].source(language) for language in ("id", "ko")] == ["Antara, 31 March 2023"] * 2
    assert faults(SMALL.replace("no = 2", "no = 2\nsource = 5")) == ["step signing: source: unreadable"]
