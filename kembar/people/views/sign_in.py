"""Signing in and out, passwords and second factors: the library's views in our frame, each with who may enter."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account_views
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as mfa_views
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as key_views
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from kembar.web.entry import View as ViewFunction
from kembar.web.entry import public, signed_in

FORM = "people/form.html"


def _open(view: type[View], why: str, template: str = FORM, **words: str | Promise) -> ViewFunction:
    return public(why)(_shown(view, template, words))


def _own(view: type[View], why: str, template: str = FORM, **words: str | Promise) -> ViewFunction:
    return signed_in(why)(_shown(view, template, words))


def _shown(view: type[View], template: str, words: dict[str, Any]) -> Callable[..., Any]:
    parts = {name: words.pop(name) for name in ("success_url",) if name in words}
    return view.as_view(template_name=template, extra_context=words, **parts)


class _PasskeySignIn(key_views.LoginWebAuthnView):
    """A passkey that is not accepted is answered on the sign-in page, in words."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return account_views.LoginView.as_view(
            template_name="people/sign_in.html",
            extra_context={"passkey_error": _("This passkey was not accepted. Try again, or use your password.")},
        )(_as_get(self.request))


class _NewApp(totp_views.ActivateTOTPView):
    """Setting up an app has just shown that it makes right codes: the session counts as confirmed by it."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        _count_as_shown(self.request, Authenticator.Type.TOTP)
        return answer


class _NewKey(key_views.AddWebAuthnView):
    """So has setting up a passkey."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        _count_as_shown(self.request, Authenticator.Type.WEBAUTHN)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The library forgets the form with its errors here; without it nobody learns what was wrong.
        return super().get_context_data(**kwargs) | kwargs


class _RemoveKey(key_views.RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")


def _count_as_shown(request: Any, kind: str) -> None:
    record_authentication(request, request.user, method="mfa", type=kind)


def _as_get(request: Any) -> Any:
    request.method = "GET"
    return request


sign_in = _open(account_views.LoginView, "Whoever wants to work here signs in.", "people/sign_in.html")
passkey_sign_in = public("Whoever wants to work here signs in.")(_PasskeySignIn.as_view())
code = _open(mfa_views.AuthenticateView, "The second step of signing in.", "people/code.html")
sign_out = _open(
    account_views.LogoutView, "Signing out is never refused.",
    heading=_("Sign out"), lead=_("You leave Kembar in this browser. What you saved is kept."), submit=_("Sign out"),
)  # fmt: skip
inactive = _open(
    account_views.AccountInactiveView, "Tells somebody whose account is closed.",
    heading=_("This account is closed"), lead=_("Ask the head of your office whether you should still have one."),
)  # fmt: skip

forgotten = _open(
    account_views.PasswordResetView, "Whoever forgot their password cannot sign in.",
    heading=_("Password forgotten"),
    lead=_("We write a letter with a link to the address below, if there is an account for it."),
    submit=_("Send the letter"),
)  # fmt: skip
forgotten_sent = _open(
    account_views.PasswordResetDoneView, "Says the same whether there is an account or not.",
    heading=_("Look into your mailbox"),
    lead=_("If there is an account for this address, a letter is on its way. Its link works for two hours."),
)  # fmt: skip
forgotten_link = _open(
    account_views.PasswordResetFromKeyView, "The link in the letter is the proof.", "people/new_password.html",
    heading=_("Set a new password"), lead=_("Your second factor stays as it is."), submit=_("Keep the new password"),
)  # fmt: skip
forgotten_done = _open(
    account_views.PasswordResetFromKeyDoneView,
    "The end of the way through the letter.",
    "people/new_password_kept.html",
)
change_password = _own(
    account_views.PasswordChangeView, "One's own password.",
    heading=_("Change your password"), lead=_("All your other sessions end with the change."),
    submit=_("Keep the new password"), success_url=reverse_lazy("people_account"),
)  # fmt: skip

_CONFIRM = {
    "heading": _("Confirm that it is you"),
    "lead": _("You are about to change how you sign in, and signed in some time ago."),
    "submit": _("Confirm"),
}
confirm = _own(
    account_views.ReauthenticateView, "Before one's own sign-in is changed.", "people/confirm.html", **_CONFIRM
)
confirm_code = _own(
    mfa_views.ReauthenticateView, "Before one's own sign-in is changed.", "people/confirm.html", **_CONFIRM
)
confirm_passkey = _own(
    key_views.ReauthenticateWebAuthnView,
    "Before one's own sign-in is changed.",
    "people/confirm_passkey.html",
    **_CONFIRM,
)

second_factor = _own(mfa_views.IndexView, "One's own second factors.", "people/second_factor.html")
new_app = _own(_NewApp, "One's own second factor.", "people/new_app.html")
remove_app = _own(
    totp_views.DeactivateTOTPView, "One's own second factor.",
    heading=_("Remove the authenticator app"),
    lead=_("Codes of the app no longer work. Without any second factor you cannot reach the pages of your office."),
    submit=_("Remove"),
)  # fmt: skip
new_key = _own(_NewKey, "One's own second factor.", "people/new_key.html")
remove_key = _own(
    _RemoveKey, "One's own second factor.",
    heading=_("Remove this passkey"),
    lead=_("It no longer signs you in. Without any second factor you cannot reach the pages of your office."),
    submit=_("Remove"),
)  # fmt: skip
codes = _own(code_views.ViewRecoveryCodesView, "One's own recovery codes.", "people/codes.html")
new_codes = _own(
    code_views.GenerateRecoveryCodesView, "One's own recovery codes.",
    heading=_("Make new recovery codes"), lead=_("The codes you have now stop working."), submit=_("Make new codes"),
)  # fmt: skip
codes_file = signed_in("One's own recovery codes.")(
    code_views.DownloadRecoveryCodesView.as_view(template_name="people/codes.txt")
)
