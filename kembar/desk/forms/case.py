"""What an officer says of a case: what it is to end in, how a step ended, why it waits."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from kembar.agreements.claims_file import scope_of
from kembar.desk.forms.attachment import ENDINGS
from kembar.desk.forms.fields import DateField, ItemsField, LengthField, TextField
from kembar.lib.dates import EdtfDate, parse_edtf
from kembar.partnerships.actions import LONGEST, AttachmentFacts
from kembar.partnerships.states import AttachmentKind, Signing
from kembar.procedure.actions import Done, Planned
from kembar.procedure.states import Clause, Kind, Objects, Result
from kembar.procedure.template import Step

Choices = Iterable[tuple[str, str]]


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _date(text: str) -> EdtfDate | None:
    return parse_edtf(text) if text else None


class CaseForm(forms.Form):
    """A new case."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it to end in?"), choices=Kind.choices)
    subject = TextField(label=gettext_lazy("Subject"), max_length=300)
    opened_on = DateField(label=gettext_lazy("Opened on"), required=True)
    objects = forms.MultipleChoiceField(
        label=gettext_lazy("What is it about?"), choices=Objects.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    scope = ItemsField(label=gettext_lazy("Planned fields of cooperation"), widget=_lines(4))
    planned_term = LengthField(label=gettext_lazy("Planned term"))
    renews = forms.ChoiceField(label=gettext_lazy("Paper it carries on, changes or ends"), required=False)
    clause = forms.ChoiceField(label=gettext_lazy("For a termination: what the paper says"), choices=Clause.choices,
                               required=False)  # fmt: skip

    def __init__(self, *args: Any, papers: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["renews"].choices = [("", gettext("none")), *papers]  # type: ignore[attr-defined]

    @property
    def own_fields(self) -> list[Any]:
        return list(self.visible_fields())

    def planned(self) -> Planned:
        given = self.cleaned_data
        return Planned(kind=given["kind"], opened_on=parse_edtf(given["opened_on"]), **self.plan())

    def plan(self) -> dict[str, Any]:
        """What may still change while the case runs."""
        given = self.cleaned_data
        return {
            "subject": given["subject"], "scope": tuple(scope_of(given["scope"])), "objects": tuple(given["objects"]),
            "planned_term": given["planned_term"], "renews": given["renews"], "clause": given.get("clause", ""),
        }  # fmt: skip


class SeenForm(forms.Form):
    """Every deed knows which version of the case was in sight."""

    opened_with = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @property
    def seen(self) -> int:
        return int(self.cleaned_data["opened_with"])

    @property
    def own_fields(self) -> list[Any]:
        return list(self.visible_fields())


class PlanForm(SeenForm, CaseForm):
    """What a running case is to end in, as it is known by now."""

    kind = None  # type: ignore[assignment]
    opened_on = None  # type: ignore[assignment]

    def __init__(self, *args: Any, ends: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not ends:
            del self.fields["clause"]


class DoneForm(SeenForm):
    """How a step ended; each step asks what it needs."""

    on = DateField(label=gettext_lazy("When"), required=True)
    known = forms.ChoiceField(
        label=gettext_lazy("On file already as"), required=False,
        help_text=gettext_lazy("Choose the record of the register; nothing is entered a second time."),
    )  # fmt: skip
    number = TextField(label=gettext_lazy("Number of the paper"), max_length=100, required=False)
    signatory = TextField(label=gettext_lazy("Who signs for us"), max_length=200, required=False)
    partner_signatory = TextField(label=gettext_lazy("Who signed for the partner"), max_length=200, required=False)
    partner_on = DateField(label=gettext_lazy("The partner signed on, if on another day"))
    term = LengthField(label=gettext_lazy("For how long"))
    effective = DateField(
        label=gettext_lazy("The paper ends on"),
        help_text=gettext_lazy("Left empty, at the end of its period of notice, where that is on file; else at once."),
    )  # fmt: skip
    scope = ItemsField(label=gettext_lazy("Fields of cooperation"), widget=_lines(4))
    conditions = TextField(label=gettext_lazy("Conditions"), max_length=2000, required=False, widget=_lines(2))
    languages = TextField(
        label=gettext_lazy("Languages of the paper"), max_length=40, required=False,
        help_text=gettext_lazy("Codes with spaces, such as id en ko."),
    )  # fmt: skip
    prevailing = TextField(label=gettext_lazy("Prevailing language"), max_length=5, required=False)
    clearance = TextField(
        label=gettext_lazy("Why fields are signed that the council did not approve"), max_length=2000, required=False,
        widget=_lines(2), help_text=gettext_lazy("Only where there are such fields. Everyone may read it."),
    )  # fmt: skip
    document = forms.ChoiceField(
        label=gettext_lazy("Source on file that shows it"), required=False,
        help_text=gettext_lazy("Without one, the paper of this step becomes a source."),
    )  # fmt: skip
    note = TextField(label=gettext_lazy("Note"), max_length=2000, required=False, widget=_lines(2))
    paper = forms.FileField(
        label=gettext_lazy("The paper itself, as a file"), required=False, allow_empty_file=True,
        help_text=gettext_lazy("A scan of what was signed in ink, or the PDF that was signed electronically."),
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
    )  # fmt: skip
    signing = forms.ChoiceField(
        label=pgettext_lazy("document in a file", "Signed"), choices=Signing.choices, required=False
    )
    original_at = TextField(
        label=gettext_lazy("Where the original is kept"), max_length=LONGEST["original_at"], required=False
    )
    APPROVAL = ("term", "scope", "conditions")
    PAPER = ("signatory", "partner_signatory", "partner_on", "term", "scope", "languages", "prevailing", "clearance")

    def __init__(
        self, *args: Any, step: Step, documents: Iterable[tuple[int, str]], known: Choices = (), **options: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.step = step
        choices = [(str(number), title) for number, title in documents]
        self.fields["document"].choices = [("", gettext("none")), *choices]  # type: ignore[attr-defined]
        records = list(known)
        self.fields["known"].choices = [("", gettext("not on file yet")), *records]  # type: ignore[attr-defined]
        wanted = {"on", "number", "document", "note", "opened_with", "paper", "signing", "original_at"}
        wanted |= {"known"} if records else set()
        if step.approval in ("council_commission", "council_plenary", "partner_council"):
            wanted |= set(self.APPROVAL)
        if step.approval == "full_powers":
            wanted |= {"signatory"}
        if step.paper and step.paper != "termination_notice":
            wanted |= set(self.PAPER)
        if step.paper == "termination_notice":
            wanted |= {"effective"}
        if step.paper == "letter_of_intent":
            wanted -= {"clearance"}
        for name in [name for name in self.fields if name not in wanted]:
            del self.fields[name]

    def paper_facts(self) -> AttachmentFacts:
        """What the form says of the file that comes along."""
        given = self.cleaned_data
        kind = AttachmentKind.PAPER if self.step.paper else AttachmentKind.LETTER
        if self.step.approval and not self.step.paper:
            kind = AttachmentKind.DECISION
        people = [given.get(name, "") for name in ("signatory", "partner_signatory")]
        names = "\n".join(name for name in people if name) if self.step.paper else ""
        return AttachmentFacts(
            kind=kind, date=parse_edtf(given["on"]), number=given["number"], signing=given["signing"], signers=names,
            original_at=given["original_at"],
        )  # fmt: skip

    def done(self) -> Done:
        given = self.cleaned_data
        document = given.get("document", "")
        return Done(
            on=parse_edtf(given["on"]), number=given["number"], note=given["note"],
            signatory=given.get("signatory", ""), partner_signatory=given.get("partner_signatory", ""),
            partner_on=_date(given.get("partner_on", "")), document_id=int(document) if document else None,
            scope=tuple(scope_of(given.get("scope", ""))), term=given.get("term", ""),
            conditions=given.get("conditions", ""),
            languages=tuple(given.get("languages", "").replace(",", " ").lower().split()),
            prevailing=given.get("prevailing", "").lower(), clearance=given.get("clearance", ""),
            known=given.get("known", ""), effective=_date(given.get("effective", "")),
        )  # fmt: skip


class MoveForm(SeenForm):
    """When, why, and back to where."""

    back_to = forms.ChoiceField(label=gettext_lazy("Back to"), required=False)
    on = DateField(label=gettext_lazy("When"), required=True)
    reason = TextField(label=gettext_lazy("Reason"), max_length=2000, required=False, widget=_lines(3))
    number = TextField(label=gettext_lazy("Number of the letter"), max_length=100, required=False)
    paper = forms.FileField(
        label=gettext_lazy("The letter, as a file"), required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
    )  # fmt: skip

    def __init__(self, *args: Any, move: str, steps: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["back_to"].choices = [("", gettext("Choose …")), *steps]  # type: ignore[attr-defined]
        if move != "send-back":
            del self.fields["back_to"]
        self.fields["reason"].required = move != "chase"
        if move == "close":
            del self.fields["reason"]
        if move == "chase":
            self.fields["reason"].label = gettext("How: letter, telephone, visit")
            self.fields["on"].help_text = ""
        else:
            del self.fields["number"], self.fields["paper"]

    @property
    def day(self) -> EdtfDate:
        return parse_edtf(self.cleaned_data["on"])

    def paper_facts(self) -> AttachmentFacts:
        """What the form says of the letter that comes along."""
        given = self.cleaned_data
        return AttachmentFacts(kind=AttachmentKind.LETTER, date=self.day, number=given["number"])


class CheckForm(SeenForm):
    """What a look at a requirement found."""

    result = forms.ChoiceField(label=gettext_lazy("Result"), choices=Result.choices)
    evidence = TextField(
        label=gettext_lazy("What shows it, or the justification"), max_length=2000, required=False, widget=_lines(3),
        help_text=gettext_lazy("Needed unless it has not been checked yet."),
    )  # fmt: skip


class AsideForm(SeenForm):
    """Why a rule does not hold this case up."""

    reason = TextField(
        label=gettext_lazy("Reason"), max_length=2000, widget=_lines(3),
        help_text=gettext_lazy("It is shown to everyone with the cooperation."),
    )  # fmt: skip
