"""What the record knows of a case, field by field, for its papers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from django.utils.translation import override, pgettext

from kembar.agreements.claims_file import scope_of
from kembar.agreements.models import Instrument
from kembar.agreements.queries import papers_of, state_of, values_of
from kembar.agreements.rules import LETTER_OF_INTENT
from kembar.agreements.states import Headline
from kembar.cities.countries import country_name
from kembar.cities.models import LocalGovernment
from kembar.commitments.queries import Filters, ledger
from kembar.files.store import place
from kembar.languages.queries import all_texts
from kembar.languages.rules import MACHINE, ORIGINAL
from kembar.lib.dates import EdtfDate, parse_edtf
from kembar.papers import naming, rules
from kembar.papers.compose import ALL, NONE, OWN, Cell, Head, Known, Value, said_in
from kembar.papers.fields import AIMS, FIELDS, MEANS
from kembar.papers.models import Detail, Letterhead, LetterNumber
from kembar.people.models import OfficeHolder
from kembar.people.queries import holders_of, office_members
from kembar.people.rules import Covers, covers
from kembar.procedure.queries import cases
from kembar.procedure.queries.calendars import Calendars
from kembar.procedure.queries.cases import Case, StepRun
from kembar.procedure.states import Objects, Requirement, Result
from kembar.web.dates import written, written_day
from kembar.web.locales import LOCALES

_CONCERNING = {
    "sister": ("kerja sama kota kembar", "sister city cooperation", "자매도시 교류", "友好城市合作"),
    "friendship": ("kerja sama kota sahabat", "friendship city cooperation", "우호도시 교류", "友好交流城市合作"),
}
_OTHERWISE = ("kerja sama", "cooperation", "교류협력", "合作")
_RUNS = {"commission_date": "council_commission", "plenary_date": "council_plenary", "initialling_date": "initialling",
         "ministerial_date": "ministerial_approval", "powers_date": "full_powers", "deposit_date": "deposit",
         "certified_date": "certified_copies", "loi_date": "letter_of_intent"}  # fmt: skip
_NUMBERS = {
    "plenary_number": "council_plenary", "ministerial_number": "ministerial_approval", "powers_number": "full_powers",
    "deposit_number": "deposit", "certified_number": "certified_copies",
}  # fmt: skip


def second_languages(case: Case) -> list[str]:
    """In which languages the second column may be: those of the partner's country, then English."""
    country = case.partnership.partner.country
    spoken = [code.split("_")[0] for code in get_official_languages(country, de_facto=True)]
    codes = ["zh-hans" if code == "zh" else code for code in spoken if code != OWN]
    return list(dict.fromkeys([*codes, "en"]))


def language_words(code: str, language: str) -> str:
    """bahasa Korea, Korean, 한국어 – as a sentence names a language."""
    try:
        name = Locale.parse(code.replace("-", "_").replace("hans", "Hans")).get_language_name(
            language if language in ("id", "en", "ko") else "zh" if language[:2] == "zh" else "en"
        )
    except (UnknownLocaleError, ValueError):
        name = None
    return f"bahasa {name}" if language == OWN and name else name or code


def known_of(case: Case, *, languages: Sequence[str], on: date) -> Known:
    """Everything the papers of a case can say on that day. A fixed number of queries."""
    return _Gathering(case, languages, on).known()


@dataclass
class _Gathering:
    case: Case
    languages: Sequence[str]
    on: date

    def known(self) -> Known:
        self.texts: dict[str, Value] = {}
        self.lists: dict[str, Sequence[Value]] = {}
        self.runs = {run.step: run for run in cases.runs_of([self.case]).get(self.case.pk, []) if run.deed == "done"}
        self.road = cases.road_of(self.case)
        rows = Detail.objects.filter(case=self.case).exclude(text="").order_by("id")
        self.details = {(one.code, one.language): one.text for one in rows}
        self._sides()
        self._people()
        self._road()
        self._case()
        self._waiting()
        self._standing()
        heads = self._heads()
        self._asked()
        basis = [one for one in self.road.basis if one.in_force(self.on)]
        said = [", ".join(filter(None, (rules.regulation_words(one.regulation), one.article))) for one in basis]
        if said:
            self.lists["basis"] = [{OWN: one} for one in said]
        texts = {code: value for code, value in self.texts.items() if any(value.values())}
        return Known(
            texts, self.lists, self._tables(), heads,
            frozenset(("basis", number) for number, one in enumerate(basis) if not one.is_verified),
        )  # fmt: skip

    def _everywhere(self, code: str, text: str) -> None:
        if text:
            self.texts[code] = {ALL: text}

    def _sides(self) -> None:
        own, partner = self.case.office.local_government, self.case.partnership.partner
        for prefix, party in (("own", own), ("partner", partner)):
            names = {code: party.name_in(code) for code in naming.LANGUAGES}
            self.texts[prefix] = {c: naming.place_name(n, level=party.level, language=c) for c, n in names.items()}
            self.texts[f"{prefix}_government"] = {
                c: naming.government_name(n, level=party.level, language=c) for c, n in names.items()
            }
        if institution := self.case.partnership.institution:
            self.texts["partner"] = self.texts["partner_government"] = {ALL: institution}
        self.texts["country"] = _country(own)
        self.texts["partner_country"] = _country(partner)
        self._everywhere("seat", own.name_in(OWN).removeprefix("Kota ").removeprefix("Kabupaten "))
        for code, party in (("province", own), ("partner_province", partner)):
            if party.parent:
                self.texts[code] = {
                    c: naming.place_name(party.parent.name_in(c), level=party.parent.level, language=c)
                    for c in naming.LANGUAGES
                }
            elif party.rank == 1:
                self.texts[code] = {ALL: NONE}
        if own.parent:
            self._everywhere("province_name", own.parent.name_in(OWN).removeprefix("Provinsi "))
        concerning = _CONCERNING.get(self.case.partnership.kind, _OTHERWISE)
        self.texts["concerning"] = dict(zip(naming.LANGUAGES, concerning, strict=True))
        words = {"id": "dan", "en": "and", "ko": "및", "zh-hans": "和"}
        self.texts["languages"] = {
            c: rules.joined([language_words(one, c) for one in self.languages], word) for c, word in words.items()
        }

    def _people(self) -> None:
        office, own, partner = self.case.office_id, self.case.office.local_government, self.case.partnership.partner
        held = holders_of(own.pk, office_id=office)
        self._head_of("mayor", held, own)
        self._head_of("partner_mayor", holders_of(partner.pk, office_id=office), partner)
        given = self.runs.get("full_powers")
        name = given.signatory if given and given.signatory else ""
        mayor = self.texts.get("mayor", {}).get(ALL, "")
        if not name or name == mayor:
            for code in ("mayor", "mayor_post"):
                self.texts[code.replace("mayor", "signatory")] = self.texts.get(code, {})
            return
        self._everywhere("signatory", name)
        self._everywhere("signatory_post", next((one.post for one in held if one.person == name), ""))

    def _head_of(self, code: str, held: Iterable[OfficeHolder], party: LocalGovernment) -> None:
        """Who heads that government on the day: the register says so, or nobody is named."""
        day = parse_edtf(self.on.isoformat())
        heads = [(one, covers(day, since=one.since, until=one.until)) for one in held if naming.is_head(one.post)]
        there = [one for certain in (Covers.YES, Covers.UNKNOWN) for one, known in heads if known == certain]
        if not there:
            return
        one = there[0]
        acting = {"plt": "Plt. ", "pj": "Pj. ", "plh": "Plh. ", "pjs": "Pjs. "}.get(one.capacity) or naming.acting(
            one.post
        )
        self._everywhere(code, one.person)
        posts = {c: naming.post_name(party.name_in(c), level=party.level, language=c) for c in naming.LANGUAGES}
        self.texts[f"{code}_post"] = {
            c: (acting if c == OWN else "") + (post or one.post) for c, post in posts.items()
        } | {ALL: one.post}  # fmt: skip

    def _road(self) -> None:
        for code, step in _RUNS.items():
            if step in self.runs and self.runs[step].on:
                self.texts[code] = _dated(self.runs[step].on)
        for code, step in _NUMBERS.items():
            if step in self.runs:
                self._everywhere(code, self.runs[step].number)
        if "loi_date" not in self.texts:
            letters = [p for p in self._papers if p.kind == LETTER_OF_INTENT and p.concluded]
            if letters:
                self.texts["loi_date"] = _dated(letters[0].concluded)
        plenary = self.runs.get("council_plenary")
        if plenary and plenary.record:
            held = values_of(plenary.record, office_id=self.case.office_id)
            self.texts["approved_term"] = _length(held.get("term", ""))
            self._everywhere("approved_conditions", held.get("conditions", ""))
            scope = cases.approved_scope([plenary], office_id=self.case.office_id)
            self._listed("approved_scope", scope)

    def _listed(self, code: str, items: Sequence[str]) -> None:
        """A list as the record has it in each language, and with what was filled in where it has as many items."""
        plenary = self.runs.get("council_plenary")
        subjects = [paper.key for paper in self._papers] + ([plenary.record] if plenary and plenary.record else [])
        written = written_scopes(subjects, office_id=self.case.office_id)
        found: list[dict[str, str]] = [dict(written.get(item.casefold(), {OWN: item})) for item in items]
        for language in self.languages if code == "scope" else ():
            told = self.details.get(("scope", language), "").splitlines()
            if len(told) == len(items):
                for one, words in zip(found, told, strict=True):
                    one[language] = one.get(OWN, words) if language == OWN else words
        if found:
            self.lists[code] = found

    @cached_property
    def _papers(self) -> list[Instrument]:
        return list(papers_of(self.case.partnership))

    def _scope_of_letter(self) -> list[str]:
        """The fields that the letter of intent names, where the case was opened without any."""
        letters = [paper for paper in self._papers if paper.kind == LETTER_OF_INTENT]
        return scope_of(values_of(letters[0].key, office_id=self.case.office_id)["scope"]) if letters else []

    def _waiting(self) -> None:
        """Where the file lies, as on the page of the case."""
        case, step = self.case, self.road.step(self.case.step)
        if case.over_on or step is None:
            return
        self._everywhere("waiting_at", self.road.holders[step.holder](OWN))
        self._everywhere("waiting_step", step.name(OWN))
        if case.since and case.since.latest:
            self.texts["waiting_since"] = _dated(case.since)
            calendars = Calendars(case.office_id, country=case.office.local_government.country)
            workdays = calendars.of(step.holder, partner=case.partnership.partner.country)
            self._everywhere("waiting_days", str(workdays.between(case.since.latest, self.on)))

    def _case(self) -> None:
        case = self.case
        self._everywhere("subject", case.subject)
        scope = case.scope_items or self._scope_of_letter() or self.details.get(("scope", OWN), "").splitlines()
        self._listed("scope", scope)
        listed = self.lists.get("scope", ())
        self._everywhere("scope_line", "; ".join(said_in(one, OWN) or next(iter(one.values())) for one in listed))
        self.texts["term"] = _length(case.planned_term)
        with override(OWN):
            objects = [str(Objects(code).label) for code in case.objects_of.split()]
        objects = objects or self.details.get(("objects", OWN), "").splitlines()
        if objects:
            self.lists["objects"] = [{OWN: one} for one in objects]
        if case.renews:
            earlier = next((p for p in self._papers if p.key == case.renews), None)
            if earlier:
                with override(OWN):
                    self._everywhere("earlier_title", earlier.title or str(earlier.get_kind_display()))
                for code, day in (("earlier_date", earlier.concluded), ("earlier_end", earlier.ends)):
                    if day:
                        self.texts[code] = _dated(day)

    def _standing(self) -> None:
        """How far it has come, for those who ask from outside."""
        if span := state_of(self.case.partnership, on=self.on):
            self.texts["legal_state"] = _each(lambda code: str(Headline(span.headline).label))
        ahead = next((step for step in self.road.steps if step.code == self.case.step), None)
        if ahead is not None and not self.case.over_on:
            self.texts["next_step"] = _each(ahead.name)

    def _heads(self) -> dict[str, Head]:
        found = {}
        for row in Letterhead.objects.filter(office_id=self.case.office_id).select_related("picture").order_by("id"):
            names, address = tuple(row.names.splitlines()), tuple(row.address.splitlines())
            found[f"letterhead_{row.whose}"] = Head(names, address, picture_of(row))
            if row.whose == "office":
                for code in ("signer", "signer_post", "signer_rank", "signer_number"):
                    self._everywhere(code, getattr(row, code))
        return found

    def _asked(self) -> None:
        """What was filled in here, where the record does not say it."""
        for code, one in FIELDS.items():
            if not one.asked or one.kind == "items":
                continue
            own = self.details.get((code, OWN), "") or one.usual
            held = dict(self.texts.get(code, {}))
            if one.kind in ("date", "number") or not one.several:
                given = _everywhere(one.kind, own) if own else {}
            else:
                given = {c: self.details.get((code, c), "") for c in self.languages} | ({OWN: own} if own else {})
            self.texts[code] = {c: words for c, words in given.items() if words} | {c: w for c, w in held.items() if w}

    def _tables(self) -> dict[str, Sequence[Sequence[Cell]]]:
        with override(OWN):
            return {"checks": self._checks(), "steps": self._steps()} | self._plan()

    def _checks(self) -> list[list[Cell]]:
        held, rows = cases.checks_of(self.case), []
        for number, code in enumerate(cases.needed_checks(self.case), start=1):
            row = held.get(code)
            cells = [Cell(str(Result(row.result).label)), Cell(row.evidence),
                     Cell(", ".join(filter(None, (row.checker, written_day(row.on, OWN)))))] if row else [
                Cell("", pgettext("check", "not checked yet")), Cell(""), Cell("")]  # fmt: skip
            rows.append([Cell(f"{number}."), Cell(str(Requirement(code).label)), *cells])
        return rows

    def _steps(self) -> list[list[Cell]]:
        done: list[tuple[str, StepRun]] = [
            (step.name(OWN), self.runs[step.code]) for step in self.road.steps if step.code in self.runs
        ]
        return [
            [Cell(f"{number}."), Cell(name), Cell(written(run.on, OWN) if run.on else ""), Cell(run.number),
             Cell(run.note)]
            for number, (name, run) in enumerate(done, start=1)
        ]  # fmt: skip

    def _plan(self) -> dict[str, Sequence[Sequence[Cell]]]:
        """One line for each field of cooperation, then one for each open promise of the file."""
        scope = [said_in(item, OWN) or next(iter(item.values())) for item in self.lists.get("scope", ())]
        members = dict(office_members(self.case.office))
        filters = Filters(state="open", partner=self.case.partnership.slug)
        promised = list(ledger(self.case.office_id, filters=filters, on=self.on))
        aims = [{0: item} for item in scope] + [{1: one.what} for one in promised]
        means: list[dict[int, str]] = [{} for _ in scope]
        for one in promised:
            keepers = [_keeper(key, members) for key in (one.owner, one.deputy) if key]
            theirs = one.actor if one.side == "partner" else one.counterpart
            means.append({0: "; ".join(keepers), 1: theirs, 2: written(one.due, OWN) if one.due else "",
                          9: str(one.get_state_display())})  # fmt: skip
        return {"plan_aims": _grid(aims, AIMS), "plan_means": _grid(means, MEANS)}


def numbered(known: Known, number: LetterNumber | None) -> Known:
    """With the number and the date of one letter."""
    if number is None:
        return known
    day = {code: written_day(number.day, code) for code in LOCALES}
    texts = dict(known.texts) | {"number": {ALL: number.text}, "letter_date": day}
    return Known(texts, known.lists, known.tables, known.heads, known.doubtful)


def picture_of(row: Letterhead) -> bytes:
    """The coat of arms; nothing where its bytes are gone: a letter without it is better than none."""
    if row.picture is None:
        return b""
    path = place(row.picture.sha256)
    return path.read_bytes() if path.is_file() else b""


def _country(party: LocalGovernment) -> dict[str, str]:
    return {code: country_name(party.country, code) for code in naming.LANGUAGES}


def _dated(day: EdtfDate | None) -> dict[str, str]:
    return {code: written(day, code) for code in LOCALES} if day else {}


def written_scopes(subjects: Iterable[str], *, office_id: int) -> Mapping[str, Value]:
    """Each field of cooperation of these records in small letters → its words by language, as they were written first.

    A machine's translation never stands in a paper, nor one of an earlier text.
    """
    found: dict[str, Value] = {}
    for (_, field), texts in all_texts(subjects, office_id=office_id).items():
        original = next((one for one in texts.values() if one.state == ORIGINAL), None)
        if field != "scope" or original is None:
            continue
        fit = [original, *(one for one in texts.values() if one.state != MACHINE and not one.stale)]
        told = {one.language: one.text.split("; ") for one in fit}
        items = original.text.split("; ")
        for at, item in enumerate(items):
            found[item.casefold()] = {code: told[code][at] for code in told if len(told[code]) == len(items)}
    return found


def _each(words: Callable[[str], str]) -> dict[str, str]:
    """The words in every language that the product speaks."""
    found = {}
    for code in LOCALES:
        with override(code):
            found[code] = words(code)
    return found


def _length(term: str) -> dict[str, str]:
    found = {code: rules.term_words(term, code) for code in naming.LANGUAGES}
    return {code: words for code, words in found.items() if words}


def _everywhere(kind: str, text: str) -> Mapping[str, str]:
    """One answer that holds in every column: a day and a number as each language writes them."""
    if kind == "date":
        return _dated(parse_edtf(text))
    if kind == "number" and text.isdecimal():
        return {code: rules.counted(int(text), code) for code in LOCALES}
    return {ALL: text}


def _keeper(key: str, members: Mapping[int, str]) -> str:
    kind, _, name = key.partition(":")
    return members.get(int(name), "") if kind == "account" and name.isdigit() else name


def _grid(rows: Sequence[Mapping[int, str]], labels: Sequence[object]) -> list[list[Cell]]:
    """Rows with their number; an empty cell asks for what its column is called."""
    return [
        [
            Cell(f"{number}."),
            *(Cell(row.get(at, ""), "" if row.get(at) else str(label)) for at, label in enumerate(labels)),
        ]
        for number, row in enumerate(rows, start=1)
    ]
