"""What an officer wants to become of many promises at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from kembar.commitments.actions import ACCEPT, START, Change
from kembar.commitments.states import MOVES, Side
from kembar.desk.forms.fields import DateField
from kembar.desk.forms.promise import KeepersForm
from kembar.lib.dates import parse_edtf

_STAYS = ("", pgettext_lazy("promises", "stays as it is"))


class ManyForm(KeepersForm):
    """What is left empty stays with every promise as it is."""

    asks = False
    due = DateField(label=gettext_lazy("Due"), help_text=gettext_lazy("A year or a month is enough: overdue after it."))
    side = forms.ChoiceField(label=gettext_lazy("Who promised"), choices=[_STAYS, *Side.choices], required=False)
    move = forms.ChoiceField(
        label=gettext_lazy("Next step"), required=False,
        choices=[_STAYS, *((name, MOVES[name].label) for name in (ACCEPT, START))],
    )  # fmt: skip
    field_order = ("owner", "owner_post", "deputy", "deputy_post", "due", "side", "move")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["opened_with"]
        for name in ("owner", "deputy"):
            members = self.fields[name].choices[1:]  # type: ignore[attr-defined]
            self.fields[name].choices = [_STAYS, *members]  # type: ignore[attr-defined]
        self.fields["owner"].help_text = gettext_lazy(
            "For a promise of the partner: who follows it up. Nothing is accepted without owner and deputy."
        )

    def change(self) -> Change:
        keepers, due = self.keepers(), self.cleaned_data["due"]
        return Change(
            owner=keepers.owner, deputy=keepers.deputy, side=keepers.side, due=parse_edtf(due) if due else None,
            move=self.cleaned_data["move"],
        )  # fmt: skip
