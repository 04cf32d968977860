"""The city's own directory, as the sign-in library asks it (OpenID Connect): what is checked of its answers."""

import logging
import secrets
from typing import Any

import jwt
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from requests import RequestException

from kembar.access.permissions import ANONYMOUS
from kembar.people.actions.directory import NotLetIn, admit
from kembar.people.middleware import is_confirmed_by
from kembar.people.rules import from_directory

log = logging.getLogger(__name__)
PROVIDER = "directory"
# Clocks of two machines are rarely the same; a minute is forgiven.
LEEWAY = 60
# Characters of what a directory says that go into a line of the log.
LOGGED = 200
# Only signatures that whoever reads them cannot make.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
# What a directory answers when it is broken, under whatever name the parts it is asked through give it.
BROKEN = (RequestException, OAuth2Error, jwt.PyJWTError, KeyError, ValueError, TypeError, AttributeError)


class Untrusted(OAuth2Error):
    """What the directory said is not believed; `why` names the page that says so."""

    def __init__(self, why: str, reason: str) -> None:
        self.why = why
        super().__init__(reason)


class Conversation(OpenIDConnectOAuth2Adapter):
    """One person's way to the directory and back."""

    @property
    def openid_config(self) -> dict[str, Any]:
        said: dict[str, Any] = super().openid_config
        if str(said["issuer"]).rstrip("/") != settings.DIRECTORY.issuer.rstrip("/"):
            raise Untrusted("unreachable", f"the issuer there calls itself {said['issuer']!r}")
        return said

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        # From the settings: what a request claims as its host must not decide where a code is sent.
        return str(settings.KEMBAR_SITE_ADDRESS + reverse("openid_connect_callback", args=[]))

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        shown = kwargs["response"].get("id_token")
        if not isinstance(shown, str):
            raise Untrusted("untrusted", "no ID token")
        said = self._checked(app, shown)
        if "userinfo_endpoint" in self.openid_config:
            more = self._fetch_user_info(token.token)
            if more.get("sub") != said["sub"]:
                raise Untrusted("untrusted", "userinfo is about somebody else than the ID token")
            said = more | said
        return self.get_provider().sociallogin_from_response(request, {"id_token": said})

    def _checked(self, app: SocialApp, shown: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        name = jwt.get_unverified_header(shown).get("kid")
        fitting = [key for key in keys if name is None or key.key_id == name]
        if len(fitting) != 1:
            raise Untrusted("untrusted", f"the directory publishes no key {name!r}")
        try:
            said: dict[str, Any] = jwt.decode(
                shown, fitting[0], algorithms=ALGORITHMS, audience=app.client_id, leeway=LEEWAY,
                issuer=self.openid_config["issuer"], options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )  # fmt: skip
        except (jwt.ExpiredSignatureError, jwt.ImmatureSignatureError) as late:
            raise Untrusted("clock", f"by this machine's clock: {late}") from late
        if not 0 < len(said["sub"]) <= 255:
            raise Untrusted("untrusted", "a subject of no or of endless length")
        return said


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Decides instead of the library, whose own accounts at providers stay unused."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        raise ImmediateHttpResponse(_let_in(request, sociallogin))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        if extra_context and "state_id" in extra_context:
            why = "again"
        elif exception is None:
            why = "cancelled" if error == AuthError.CANCELLED else "refused"
            exception = ascii(request.GET.get("error", "")[:60])  # anybody may write it, also lines of a log
        else:
            why = why_of(exception)
        log.warning("signing in with the directory ended: %s (%s)", why, line(exception))
        raise ImmediateHttpResponse(redirect("people_directory_closed", why))


class SecondFactorStage(AuthenticateStage):
    """A second factor the directory has seen is not asked for again."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if is_confirmed_by(self.request, self.login.user, kind=PROVIDER):
            return None, True
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer


def line(said: object) -> str:
    """What somebody else wrote, as one short line of the log: it shall neither fill it nor look like more than one."""
    return "".join(sign if sign.isprintable() else " " for sign in str(said)[:LOGGED])


def why_of(fault: Exception) -> str:
    """Which page answers a fault: what the directory said was not believed, or it could not be asked."""
    if isinstance(fault, Untrusted):
        return fault.why
    return "untrusted" if isinstance(fault, jwt.PyJWTError) else "unreachable"


def lead_away(request: HttpRequest, *, back_to: str | None, token: str, language: str) -> HttpResponse:
    """To the directory's own page. Raises one of BROKEN when it cannot be asked where that is."""
    provider = get_adapter(request).get_provider(request, PROVIDER)
    provider.oauth2_adapter_class = Conversation
    nonce = secrets.token_urlsafe(16)
    answer: HttpResponse = provider.redirect(
        request, AuthProcess.LOGIN, next_url=back_to, data={"nonce": nonce, "token": token},
        auth_params={"nonce": nonce, "ui_locales": language},
    )  # fmt: skip
    return answer


def come_back(request: HttpRequest) -> HttpResponse:
    """Raises one of BROKEN when what the directory answers cannot be read."""
    view = OAuth2CallbackView.adapter_view(Conversation(request, PROVIDER))
    answer: HttpResponse = view(request)
    return answer


def _let_in(request: Any, login: SocialLogin) -> HttpResponse:
    said, sent = login.account.extra_data["id_token"], login.state["data"]
    if not secrets.compare_digest(str(said.get("nonce", "")), sent["nonce"]):
        raise Untrusted("untrusted", "the ID token answers another question")
    directory = settings.DIRECTORY
    person = from_directory(said, issuer=directory.issuer, trusts_mail=directory.trusts_mail, strong=directory.strong)
    try:
        account = admit(person, by=ANONYMOUS, mail_domains=directory.mail_domains, token=sent["token"],
                        language=request.LANGUAGE_CODE)  # fmt: skip
    except NotLetIn as closed:
        log.warning("the directory vouched for somebody who was not let in: %s", closed.why)
        return redirect("people_directory_closed", closed.why)
    if request.user.is_authenticated and request.user.pk != account.pk:
        get_account_adapter(request).logout(request)
    record_authentication(request, account, method=PROVIDER)
    if person.strong:
        record_authentication(request, account, method="mfa", type=PROVIDER)
    way = Login(user=account, redirect_url=login.state.get("next"), email=account.email,
                signal_kwargs={PROVIDER: True})  # fmt: skip
    answer: HttpResponse = perform_login(request, way)
    return answer
