"""Every field a paper can ask for: what it is called, where it is filled in, and how long it is.

What the record holds is taken from the record; what it does not hold is asked on the page of the paper and kept with
the case, so that the next paper has it too.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Field:
    """`where`: holders, partner_holders, letterhead, number, checks, procedure, case, paper, docx, step:<code>.

    `kind` of what is asked here: "" not asked, line, long, items (one a line), date, number. `several`: asked in the
    language of each column. `usual` stands where nobody said otherwise.
    """

    label: str | Promise
    where: str = ""
    kind: str = ""
    several: bool = False
    usual: str = ""

    @property
    def asked(self) -> bool:
        return bool(self.kind)


def _here(label: str | Promise, kind: str = "line", *, several: bool = False, usual: str = "") -> Field:
    return Field(label, kind=kind, several=several, usual=usual)


FIELDS: Mapping[str, Field] = {
    # the two sides
    "own": Field(_("own city")),
    "own_government": Field(_("own government")),
    "country": Field(_("own country")),
    "seat": Field(_("seat of the own government")),
    "partner": Field(_("the partner’s city")),
    "partner_government": Field(_("the partner’s government")),
    "partner_country": Field(_("the partner’s country")),
    "concerning": Field(_("what the cooperation is called")),
    "languages": Field(_("languages of the text")),
    "subject": Field(_("subject")),
    "scope_line": Field(_("fields of cooperation")),
    "province": _here(_("own province"), several=True),
    "province_name": _here(_("own province, name alone")),
    "partner_province": _here(_("the partner’s province or state"), several=True),
    # who signs
    "mayor": Field(_("name of the head of government"), "holders"),
    "mayor_post": Field(_("post of the head of government"), "holders"),
    "partner_mayor": Field(_("name of the partner’s head of government"), "partner_holders"),
    "partner_mayor_post": Field(_("post of the partner’s head of government"), "partner_holders"),
    "signatory": Field(_("official who signs"), "step:full_powers"),
    "signatory_post": Field(_("post of the official who signs"), "holders"),
    "signer_post": Field(_("post of the official who signs for the office"), "letterhead"),
    "signer": Field(_("name of the official who signs for the office"), "letterhead"),
    "signer_rank": Field(_("rank of the official who signs for the office"), "letterhead"),
    "signer_number": Field(_("NIP of the official who signs for the office"), "letterhead"),
    "council_chair": _here(_("chair of the council")),
    # letterhead and number
    "letterhead_mayor": Field(_("letterhead of the head of government"), "letterhead"),
    "letterhead_office": Field(_("letterhead of the office"), "letterhead"),
    "number": Field(_("number of the letter"), "number"),
    "letter_date": Field(_("date of the letter"), "number"),
    "nature": _here(_("nature of the letter (sifat)"), usual="Biasa"),
    "enclosures": _here(_("enclosures (lampiran)"), usual="–"),
    "note_to": _here(_("addressee")),
    "note_copy": _here(_("copies to (tembusan)"), usual="–"),
    # what is planned
    "scope": Field(_("fields of cooperation"), kind="items", several=True),
    "objects": Field(_("objects of the cooperation"), kind="items"),
    "term": _here(_("planned term"), several=True),
    "background": _here(_("background"), "long"),
    "purpose": _here(_("purpose (maksud)"), "long", several=True),
    "aim": _here(_("objective (tujuan)"), "long"),
    "target": _here(_("target (sasaran)"), "long"),
    "benefit": _here(_("benefit for the city and its people"), "long"),
    "output": _here(_("result of the cooperation"), "long"),
    "impact": _here(_("social and environmental impact"), "long"),
    "location": _here(_("place of the activities")),
    "schedule": _here(_("schedule"), "long"),
    "funding": _here(_("source of funding"), "long", several=True),
    "basis": Field(_("legal basis"), "procedure"),
    "basis_doubtful": Field(_("check the article: nobody here has read it"), "procedure"),
    "checks": Field(_("requirements"), "checks"),
    "steps": Field(_("steps done so far"), "case"),
    "waiting_at": Field(_("where the file lies"), "case"),
    "waiting_step": Field(_("step the file waits for"), "case"),
    "waiting_since": Field(_("since when the file lies there"), "case"),
    "waiting_days": Field(_("working days the file lies there"), "case"),
    "plan_aims": Field(_("plan of action: what is done and how it is measured"), "docx"),
    "plan_means": Field(_("plan of action: who, when, where, with what money"), "docx"),
    "text": Field(_("text in this language"), "docx"),
    # dates and numbers of the road
    "loi_date": Field(_("date of the letter of intent"), "step:letter_of_intent"),
    "loi_place": _here(_("place where the letter of intent was signed"), several=True),
    "commission_date": Field(_("date of the commission’s meeting"), "step:council_commission"),
    "plenary_date": Field(_("date of the plenary"), "step:council_plenary"),
    "plenary_number": Field(_("number of the council’s approval"), "step:council_plenary"),
    "approved_scope": Field(_("fields the council approved"), "step:council_plenary"),
    "approved_term": Field(_("term the council approved"), "step:council_plenary"),
    "approved_conditions": Field(_("conditions of the council"), "step:council_plenary"),
    "initialling_date": Field(_("date of the initialling"), "step:initialling"),
    "ministerial_number": Field(_("number of the minister’s approval"), "step:ministerial_approval"),
    "ministerial_date": Field(_("date of the minister’s approval"), "step:ministerial_approval"),
    "powers_number": Field(_("number of the full powers"), "step:full_powers"),
    "powers_date": Field(_("date of the full powers"), "step:full_powers"),
    "deposit_number": Field(_("receipt of the original"), "step:deposit"),
    "deposit_date": Field(_("date of the deposit"), "step:deposit"),
    "certified_number": Field(_("certified copies"), "step:certified_copies"),
    "certified_date": Field(_("date of the certified copies"), "step:certified_copies"),
    # the paper itself
    "place": _here(_("place of signing"), several=True),
    "signing_date": _here(_("date of signing"), "date"),
    "copies": _here(_("number of original copies"), "number"),
    "prevailing": _here(_("prevailing language"), several=True),
    "reference_own": _here(_("our number of the paper")),
    "reference_partner": _here(_("the partner’s number of the paper")),
    "earlier_title": Field(_("paper it builds on"), "case"),
    "earlier_date": Field(_("date of the paper it builds on"), "paper"),
    "earlier_end": Field(_("end of the paper it builds on"), "paper"),
    "working_group": _here(_("members of the joint working group"), several=True),
    "extension_rule": _here(_("rule of extension"), several=True),
    "notice_period": _here(_("period of notice"), several=True),
    "parent_article": _here(_("article of the paper it builds on"), several=True),
    "unit_own": _here(_("our implementing unit"), several=True),
    "unit_partner": _here(_("the partner’s implementing unit"), several=True),
    "activities": _here(_("activities in detail"), "long", several=True),
    "responsibilities": _here(_("responsibilities of each side"), "long", several=True),
    "data_rule": _here(_("rule on intellectual property and data"), "long", several=True),
    # the council's file
    "commission": _here(_("name of the commission")),
    "commission_room": _here(_("room of the commission’s meeting")),
    "commission_chair": _here(_("chair of the commission")),
    "commission_members": _here(_("members of the commission present"), "long"),
    "commission_units": _here(_("departments present")),
    "commission_report": _here(_("report of the commission"), "long"),
    # staff papers
    "problem": _here(_("problem (persoalan)"), "long"),
    "assumptions": _here(_("assumptions (praanggapan)"), "long"),
    "facts": _here(_("further facts"), "long"),
    "analysis": _here(_("analysis"), "long"),
    "conclusion": _here(_("conclusion"), "long"),
    "suggestion": _here(_("suggestion (saran)"), "long"),
    "message": _here(pgettext_lazy("field of a paper", "message"), "long"),
    # for the press
    "legal_state": Field(_("legal state"), "paper"),
    "next_step": Field(_("next step"), "case"),
    "news_title": _here(_("title of the release"), several=True),
    "news": _here(_("what happened: who, what, where, when"), "long", several=True),
    "news_place": _here(_("place of what happened"), several=True),
    "news_date": _here(_("day of what happened"), "date"),
    "quote": _here(_("words of somebody who was there"), "long", several=True),
    "quote_by": _here(_("who said it, with the post"), several=True),
    "news_contact": _here(_("contact for the press")),
    "photo_credit": _here(_("whose photograph it is")),
}  # fmt: skip

# What a table of the plan of action asks for, column by column, after its number.
AIMS = (_("field"), _("activity"), _("objective"), _("indicator"), _("baseline"), _("target"), _("unit of measure"))
MEANS = (
    _("department, owner and deputy"), _("partner’s unit"), _("period"), _("place"), _("our cost and its source"),
    _("the partner’s cost and its source"), _("third parties"), _("risk"), _("reporting date"), _("status"),
)  # fmt: skip
