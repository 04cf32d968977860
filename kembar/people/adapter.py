"""Where the sign-in library meets the product: its writes become actions, its letters ours, its secrets unreadable."""

import base64
import hashlib
import time
from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from kembar.people import queries
from kembar.people.actions import accounts
from kembar.people.models import Account
from kembar.people.notices import Change
from kembar.people.rules import password_door

# Somebody who proved themselves this recently is not asked again before changing how they sign in.
FRESH_SECONDS = 5 * 60
_CHANGES = {
    "account/email/password_changed": Change.PASSWORD,
    "account/email/password_reset": Change.PASSWORD,
    "account/email/password_set": Change.PASSWORD,
    "mfa/email/totp_activated": Change.FACTOR_ADDED,
    "mfa/email/webauthn_added": Change.FACTOR_ADDED,
    "mfa/email/totp_deactivated": Change.FACTOR_REMOVED,
    "mfa/email/webauthn_removed": Change.FACTOR_REMOVED,
    "mfa/email/recovery_codes_generated": Change.CODES,
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts and passwords."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and password do not belong together. Check both and try again."),
        "too_many_login_attempts": _(
            "Too many wrong tries. Signing in at this door stays shut for half an hour, for everyone who tries it. "
            "Nothing is lost; try again later, or ask the head of your office for help."
        ),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your present password."),
        "rate_limited": _("Too many wrong tries. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if queries.is_shut(password_door(credentials.get("email", ""))):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        accounts.count_wrong_try(password_door(credentials.get("email", "")))

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        if not queries.is_open(user):
            clear_login(request)
            return self.respond_user_inactive(request, user)
        by_directory = (kwargs.get("signal_kwargs") or {}).get("directory", False)
        if queries.enters_by_directory_alone(user) and not by_directory:
            clear_login(request)
            return redirect("people_directory_closed", "only")
        return super().pre_login(request, user, **kwargs)

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "kembar.people.directory.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def login(self, request: HttpRequest, user: Any) -> None:
        accounts.forget_wrong_tries(password_door(user.email))
        super().login(request, user)

    def reauthenticate(self, user: Any, password: str) -> bool:
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str) -> bool:
        records = get_authentication_records(context.request, context.request.user)
        return not records or time.time() - records[-1]["at"] > FRESH_SECONDS

    def set_password(self, user: Any, password: str) -> None:
        accounts.set_password(user, by=queries.actor(user, with_rights=False), password=password)

    def get_reset_password_from_key_url(self, key: str) -> str:
        # A path only: the letter takes the site's address from the settings, not from what the request claims.
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return path.replace("UID-KEY", quote(key))

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        with override(user.language):
            path = self.get_reset_password_from_key_url(f"{context['uid']}-{context['key']}")
        accounts.post_password_link(user, path=path)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        # The library hands over a lazy object; the action wants the account itself.
        account = Account.objects.get(pk=user.pk) if isinstance(user, SimpleLazyObject) else user
        by = queries.actor(account, with_rights=False)
        accounts.tell_of_change(account, by=by, change=_CHANGES[template_prefix])

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: each page says itself how things stand."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps, passkeys and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This code is not right. Use the code shown now, and check that the clock of your phone sets itself: "
            "a clock that is wrong makes wrong codes."
        ),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the library's word
        return gettext("Passkey %(number)d") % {"number": len(queries.passkeys_of(user)) + 1}

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def shared_key(key: str, key_prefix: str, version: int) -> str:
    """Under what something is counted for all workers: addresses of visitors are never written down."""
    return salted_hmac("kembar.people.counted", f"{key_prefix}:{version}:{key}", algorithm="sha256").hexdigest()


def _box() -> Fernet:
    key = hashlib.sha256(b"kembar.people.second-factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
