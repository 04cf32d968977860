"""A new partner: the place is searched first, in any script, then the file is opened with its decision."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import get_language, gettext_lazy

from kembar.agreements.actions import Doubtful, record_statement
from kembar.cities import queries as cities
from kembar.cities.actions import adopt
from kembar.cities.countries import country_name
from kembar.desk.forms.fields import TextField
from kembar.desk.forms.source import SourceForm, office_statement
from kembar.desk.place import Place
from kembar.desk.words import KINDS
from kembar.partnerships.actions import open_file
from kembar.sources.queries import document_choices
from kembar.sources.rules import LEVEL, Doubt


class PartnerForm(SourceForm):
    """Without `place` chosen it only searches; `found` are the places the name may mean."""

    name = TextField(label=gettext_lazy("Name of the city, regency or province"), max_length=200)
    place = forms.ChoiceField(label=gettext_lazy("Which one?"), widget=forms.RadioSelect, required=True)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of cooperation"), choices=list(KINDS.items()))
    institution = TextField(
        label=gettext_lazy("Institution or network"),
        help_text=gettext_lazy("Only where the cooperation is not with the city itself."),
        max_length=200,
        required=False,
    )
    why = TextField(
        label=gettext_lazy("Why this partner?"),
        help_text=gettext_lazy(
            "Needs and offers, what is alike, who asked first. Whoever follows you will look for it here."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    decider = TextField(label=gettext_lazy("Who decided?"), max_length=200)

    def __init__(self, data: Any, *, place: Place) -> None:
        self.name_asked = str((data or {}).get("name", ""))[:200]
        self.found = cities.search(self.name_asked, limit=12) if self.name_asked else []
        statement = office_statement(place.name, place.today, place.actor.label)
        posted = data if data and "csrfmiddlewaretoken" in data else None
        super().__init__(posted, documents=document_choices(place.id), statement=statement,
                         initial={"name": self.name_asked, "origin": "office"})  # fmt: skip
        self.fields["place"].choices = [(one.key, described(one)) for one in self.found]  # type: ignore[attr-defined]
        if len(self.found) == 1:
            self.initial["place"] = self.found[0].key
        self.opened = ""

    @property
    def own_fields(self) -> list[Any]:
        return [self[name] for name in ("place", "kind", "institution", "why", "decider")]


def described(place: cities.Place) -> str:
    """A place so that it cannot be taken for another of the same name."""
    native = f" ({place.native_name})" if place.native_name and place.native_name != place.english_name else ""
    where = [place.region, country_name(place.country, get_language() or "id")]
    return f"{place.english_name}{native}, {', '.join(part for part in where if part)}"


@transaction.atomic
def open_partner(form: PartnerForm, place: Place, codes: Collection[str]) -> None:
    """Adopts the place, opens the file and records why. Raises what the actions raise, and Doubtful for the level."""
    given = form.cleaned_data
    chosen = next(one for one in form.found if one.key == given["place"])
    home = place.office.local_government
    if None not in (chosen.rank, home.rank) and chosen.rank != home.rank and LEVEL not in codes:
        raise Doubtful([Doubt(LEVEL, {"partner": chosen.english_name, "office": home.english_name})])
    partner = adopt(chosen, by=place.actor)
    file = open_file(by=place.actor, office=place.office, partner=partner, kind=given["kind"],
                     institution=given["institution"])  # fmt: skip
    values = {"why": given["why"], "decider": given["decider"]}
    record_statement(by=place.actor, partnership=file, source=form.source(), values=values, confirmed=codes)
    form.opened = file.slug
