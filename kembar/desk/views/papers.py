"""A signed paper, letter or scan comes back onto a step of a case, or takes the place of one there."""

from contextlib import ExitStack

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kembar.access.permissions import Permission
from kembar.desk import attachments
from kembar.desk.forms.attachment import PaperForm
from kembar.desk.papers import WHOLE, step_name, taken
from kembar.desk.people import Outcome
from kembar.desk.place import Place, place_of
from kembar.desk.saving import sent
from kembar.partnerships.queries import Attachment, NoSuchAttachment, attachment
from kembar.procedure import actions
from kembar.procedure.queries import cases as queries
from kembar.web.entry import needs


@needs(Permission.MOVE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, office: str, number: int) -> HttpResponse:
    """`step` in the address names the step, `replaces` the document whose place it takes."""
    place = place_of(request)
    try:
        case = queries.case(number, office_id=place.id)
    except queries.NoSuchCase:
        raise Http404 from None
    step, old = request.GET.get("step", ""), _old(request.GET.get("replaces", ""), case=case, place=place)
    name = step_name(case, step)
    form = PaperForm(*sent(request), replaces=old is not None, initial=attachments.held(old) if old else {})

    def keep() -> None:
        with ExitStack() as stack:
            papers = taken(form, stack, old)
            actions.keep_papers(case, by=place.actor, papers=papers, step="" if step == WHOLE else step)

    back = reverse("desk:case", kwargs={"office": place.slug, "number": case.pk})
    done = attachments.attempt(form, keep, place=place) if request.method == "POST" else Outcome()
    if done.saved:
        return redirect(f"{back}?saved=1#papers")
    heading = gettext("Hand in: %(step)s") % {"step": name} if name else gettext("Hand in a letter or paper")
    context = {"office": place, "place": place, "case": case, "form": form, "old": old, "back": f"{back}#papers",
               "heading": heading, "done": done}  # fmt: skip
    return render(request, "desk/case_paper.html", context)


def _old(number: str, *, case: queries.Case, place: Place) -> Attachment | None:
    if not number:
        return None
    try:
        found = attachment(int(number), office_id=place.id) if number.isdecimal() and len(number) < 10 else None
    except NoSuchAttachment:
        found = None
    if found is None or found.partnership_id != case.partnership_id or found.withdrawn_at is not None:
        raise Http404
    return found
