"""What the office holds of a claim, and what it answers to a visitor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kembar.access.permissions import Actor
from kembar.agreements.actions import ChangedMeanwhile, decide_claim
from kembar.desk.forms.fields import TextField
from kembar.sources.queries import Claim
from kembar.sources.states import Decision, Outcome


class DecideForm(forms.Form):
    """Decision and reason; `opened_with` tells when a colleague decided on the same thing meanwhile."""

    decision = forms.ChoiceField(
        label=gettext_lazy("What does the office hold of it?"), choices=Decision.choices, widget=forms.RadioSelect
    )
    reason = TextField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Needed to reject a statement. It is shown to everyone, also on the public page."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    opened_with = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, data: Any, *, held: Claim, seen: str) -> None:
        initial = {"decision": held.decision, "reason": held.reason, "opened_with": seen}
        super().__init__(data, initial=initial)

    def decide(self, claim: Claim, *, by: Actor, now: str) -> None:
        """Raises ChangedMeanwhile, ReasonMissing."""
        given = self.cleaned_data
        if given["opened_with"] != now:
            raise ChangedMeanwhile
        decide_claim(claim, by=by, decision=given["decision"], reason=given["reason"])


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("What became of it?"),
        choices=[choice for choice in Outcome.choices if choice[0] != Outcome.OPEN],
        widget=forms.RadioSelect,
    )
    reply = TextField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("Whoever reported it reads this behind the link they were given."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
