"""Notes on a partner: writing one, changing one's own, withdrawing one."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kembar.access.permissions import Permission
from kembar.desk import notes
from kembar.desk.forms.note import NoteForm
from kembar.desk.forms.people import ReasonForm
from kembar.desk.people import Outcome
from kembar.desk.place import Place, file_or_404, place_of
from kembar.desk.words import partner_name
from kembar.partnerships import actions, queries
from kembar.web.entry import needs

FORM = ["GET", "HEAD", "POST"]


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def write(request: HttpRequest, office: str, partner: str) -> HttpResponse:
    place = place_of(request)
    file = file_or_404(place, partner)
    form = NoteForm(request.POST or None)

    def keep() -> None:
        actions.write_note(form.cleaned_data["text"], by=place.actor, partnership=file)

    heading = gettext("Write a note: %(partner)s") % {"partner": partner_name(file)}
    return _done(request, place, file, form=form, act=keep, heading=heading)


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def change(request: HttpRequest, office: str, partner: str, number: int) -> HttpResponse:
    """One's own note; for everyone else this page does not exist."""
    place = place_of(request)
    file, note = _note(request, place, partner, number)
    form = NoteForm(request.POST or None, initial={"text": note.text, "opened_with": note.version})
    if note.author_id is None or note.author_id != place.actor.person_id:
        raise Http404

    def say() -> None:
        actions.change_note(note, by=place.actor, text=form.cleaned_data["text"], seen=form.seen)

    return _done(request, place, file, form=form, act=say, heading=gettext("Change the note"))


@needs(Permission.KEEP_REGISTER)
@require_http_methods(FORM)
def withdraw(request: HttpRequest, office: str, partner: str, number: int) -> HttpResponse:
    place = place_of(request)
    file, note = _note(request, place, partner, number)
    form = ReasonForm(request.POST or None)

    def take_back() -> None:
        actions.withdraw_note(note, by=place.actor, reason=form.cleaned_data["reason"])

    lead = gettext("The note leaves the file: “%(text)s”") % {"text": note.text}
    return _done(request, place, file, form=form, act=take_back, heading=gettext("Withdraw the note"), lead=lead,
                 submit=gettext("Withdraw"))  # fmt: skip


def _note(request: HttpRequest, place: Place, slug: str, number: int) -> tuple[queries.Partnership, Any]:
    file = file_or_404(place, slug)
    try:
        found = queries.note(number, office_id=place.id, by=place.actor)
    except queries.NoSuchNote:
        raise Http404 from None
    if found.partnership_id != file.pk or (found.withdrawn_at is not None and request.method != "POST"):
        raise Http404
    return file, found


def _done(
    request: HttpRequest, place: Place, file: queries.Partnership, *, form: Any, act: Callable[[], None], heading: str,
    lead: str = "", submit: str = "",
) -> HttpResponse:  # fmt: skip
    address = reverse("desk:partner", kwargs={"office": place.slug, "partner": file.slug})
    done = notes.attempt(form, act) if request.method == "POST" else Outcome()
    if done.saved:
        return redirect(f"{address}?saved=1#notes")
    context = {"office": place, "place": place, "form": form, "done": done, "file": file, "back": f"{address}#notes",
               "heading": heading, "lead": lead, "submit": submit or gettext("Save")}  # fmt: skip
    return render(request, "desk/person_form.html", context)
