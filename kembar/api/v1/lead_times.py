"""How long each leg of the road to a signed paper took."""

from typing import Any

from django.utils.translation import gettext_lazy

from kembar.agreements import queries as agreements
from kembar.api.operation import OFFICE, PAGING, Call, Operation, open_to_all
from kembar.api.shapes import TEXT, WHOLE, listing, record

LEG = record(
    "LeadTime",
    "One leg of one partner's road whose two ends are known to the day.",
    **{"partnership": TEXT, "partner": TEXT, "leg": TEXT, "from": TEXT, "to": TEXT, "days": WHOLE},
)


def lead_times(call: Call) -> dict[str, Any]:
    return call.page(agreements.lead_times(call.office.pk)[call.bounds], lambda found: [_shown(one) for one in found])


def _shown(found: agreements.PartnerLeg) -> dict[str, Any]:
    return {
        "partnership": found.partnership.slug, "partner": found.partnership.english_name, "leg": found.leg.name,
        "from": found.leg.starts.date_text, "to": found.leg.ends.date_text, "days": found.leg.days,
    }  # fmt: skip


OPERATIONS = [
    Operation(
        name="listLeadTimes", path="/lead-times", group="lead-times",
        summary=gettext_lazy("How long each leg of the road to a signed paper took"),
        entry=open_to_all("It follows from the dates of the public register."), run=lead_times, shape=listing(LEG),
        query=(OFFICE, *PAGING),
    )
]  # fmt: skip
