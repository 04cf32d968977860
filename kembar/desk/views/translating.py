"""The translator's queue and the page on which one text is written beside its original."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kembar.access.permissions import Permission
from kembar.commitments import actions, queries
from kembar.countersign.shown import language_name
from kembar.desk import glossary, translating
from kembar.desk.forms.confirming import TranslationForm
from kembar.desk.place import Place, place_of
from kembar.languages.actions import NothingWritten
from kembar.languages.states import TextState
from kembar.web.entry import needs

CODES = {"id": "id", "en": "en", "ko": "ko", "zh-hans": "zh-hans"}


@needs(Permission.TRANSLATE)
@require_safe
def queue(request: HttpRequest, office: str) -> HttpResponse:
    place = place_of(request)
    context = {"office": place, "place": place, "works": translating.queue(place), "saved": "saved" in request.GET}
    return render(request, "desk/translations.html", context)


@needs(Permission.TRANSLATE)
@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: HttpRequest, office: str, number: int, language: str) -> HttpResponse:
    """One text beside its original; a stale one is kept as it was until a person has brought it up to date."""
    place = place_of(request)
    promise, beside = _in_sight(place, number, language)
    form = TranslationForm(request.POST or None, may_be_official=place.may_keep,
                           initial={"text": beside.text, "of_hash": beside.of_hash})  # fmt: skip
    moved = request.method == "POST" and request.POST.get("of_hash") != beside.of_hash
    if request.method == "POST" and form.is_valid() and not moved and _kept(form, promise, language, place):
        return redirect(reverse("desk:translations", kwargs={"office": office}) + "?saved=1")
    if moved:
        form.data = {**form.data.dict(), "of_hash": beside.of_hash}  # type: ignore[attr-defined]
    context = {"office": place, "place": place, "promise": promise, "beside": beside, "form": form, "moved": moved,
               "tongue": language_name(language), "code": language,
               "terms": glossary.in_text(beside.original, place, language=beside.language, into=language)}  # fmt: skip
    return render(request, "desk/translate.html", context)


def _in_sight(place: Place, number: int, language: str) -> tuple[queries.Commitment, translating.Beside]:
    try:
        promise = queries.commitment(number, office_id=place.id)
    except queries.NoSuchCommitment:
        raise Http404 from None
    beside = translating.beside(promise, language, place) if language in CODES and promise.voided_at is None else None
    if beside is None:
        raise Http404
    return promise, beside


def _kept(form: TranslationForm, promise: queries.Commitment, language: str, place: Place) -> bool:
    given = form.cleaned_data
    state = TextState.OFFICIAL if given.get("official") else TextState.HUMAN
    try:
        actions.translate(promise, by=place.actor, text=given["text"], language=language, of_hash=given["of_hash"],
                          state=state)  # fmt: skip
    except (NothingWritten, actions.Voided):
        form.add_error("text", gettext("This is needed."))
    return form.is_valid()
