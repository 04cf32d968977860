"""One's own account: profile, sessions, invitations, and text that waited while one was signed out."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kembar.people import queries
from kembar.people.actions import accounts, members
from kembar.people.forms import JoinForm, ProfileForm, RecoverForm
from kembar.people.rules import is_address_in
from kembar.people.states import InvitationState, Purpose
from kembar.web import kept as kept_text
from kembar.web.entry import actor_of, public, signed_in

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@signed_in("One's own account.")
@require_GET
def account(request: Any) -> HttpResponse:
    context = {
        "person": request.account,
        "offices": queries.offices_of(actor_of(request)),
        "has_second_factor": queries.has_second_factor(request.account),
        "waiting": kept_text.waiting(request),
    }
    return render(request, "people/account.html", context)


@signed_in("One's own name, language and time zone.")
@form_methods
def profile(request: Any) -> HttpResponse:
    person = request.account
    start = {"name": person.name, "language": person.language, "time_zone": person.time_zone}
    form = ProfileForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            accounts.change_profile(person, by=actor_of(request), **form.cleaned_data)
        except accounts.WrongProfile as wrong:
            form.add_error(wrong.reason, _("This cannot be kept. Choose something else."))
        else:
            return redirect("people_account")
    return render(request, "people/form.html", {"form": form, "heading": _("Your profile"), "submit": _("Save")})


@signed_in("One's own sessions.")
@require_GET
def sessions(request: Any) -> HttpResponse:
    rows = queries.sessions_of(request.account)
    return render(request, "people/sessions.html", {"sessions": rows, "here": request.session.session_key})


@signed_in("One's own sessions.")
@require_POST
def end_session(request: HttpRequest, session: int) -> HttpResponse:
    if not accounts.end_session(session, by=actor_of(request)):
        raise Http404
    return redirect("people_sessions")


@signed_in("One's own sessions.")
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    accounts.end_other_sessions(by=actor_of(request), but=request.session.session_key or "")
    return redirect("people_sessions")


@signed_in("One's own text, kept while one was signed out.")
@never_cache
@form_methods
def kept(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        kept_text.discard(request)
        return redirect("people_account")
    return render(request, "people/kept.html", {"kept": kept_text.waiting(request)})


@public("Whoever was invited has no account yet; the link in the letter is the proof.")
@never_cache
@form_methods
def invitation(request: Any, token: str) -> HttpResponse:
    try:
        letter, state = queries.invitation_of_link(token)
    except queries.NoSuchInvitation:
        raise Http404 from None
    if state != InvitationState.OPEN:
        return render(request, "people/invitation_closed.html", {"state": state.value}, status=410)
    if letter.purpose == Purpose.RECOVER and queries.is_of_directory_alone(letter.email):
        return redirect("people_directory_closed", "only")
    known = queries.account_named(letter.email) if letter.purpose == Purpose.JOIN else None
    if known is not None and request.account != known:
        return _other_account(request, letter)
    form = _answer_form(request, letter, known=known is not None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, token, form)
    context = {"letter": letter, "form": form, "known": known is not None, "token": token}
    return render(request, "people/invitation.html", context | _by_directory(letter, known=known is not None))


def _by_directory(letter: Any, *, known: bool) -> dict[str, bool]:
    """Whether the city's directory can open this account instead of a password, and whether nothing else does."""
    city = settings.DIRECTORY
    can = not known and letter.purpose == Purpose.JOIN and is_address_in(letter.email, city.mail_domains)
    return {"by_directory": can, "only": can and city.only}


def _answer_form(request: HttpRequest, letter: Any, *, known: bool) -> forms.Form:
    given = request.POST if request.method == "POST" else None
    if known:
        return forms.Form(given)
    if letter.purpose == Purpose.RECOVER:
        return RecoverForm(given, email=letter.email)
    return JoinForm(given, email=letter.email, initial={"name": letter.name, "language": request.LANGUAGE_CODE})


def _answer(request: Any, token: str, form: forms.Form) -> HttpResponse:
    given = form.cleaned_data
    password = given.get("password1", "")
    try:
        person = members.accept(token, by=actor_of(request), name=given.get("name", ""),
                                language=given.get("language", "id"), password=password)  # fmt: skip
    except members.InvitationClosed as closed:
        return render(request, "people/invitation_closed.html", {"state": closed.state.value}, status=410)
    except members.DirectoryAlone:
        return redirect("people_directory_closed", "only")
    if not password:
        return redirect("people_account")
    request.session.flush()
    login = Login(user=person, email=person.email, redirect_url=reverse("mfa_index"))
    return perform_password_login(request, {"email": person.email, "password": password}, login)


def _other_account(request: Any, letter: Any) -> HttpResponse:
    """The invited person has an account: they sign in with it first and come back here."""
    if request.account is None:
        return HttpResponseRedirect(f"{reverse('account_login')}?next={request.path}")
    return render(request, "people/invitation_other.html", {"letter": letter}, status=403)
