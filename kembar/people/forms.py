"""What people type about themselves and their colleagues. The forms of the sign-in library get our words."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as code_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from kembar.access.permissions import Actor, Role, Scope, may_give
from kembar.cities.queries import Office
from kembar.people.actions.accounts import count_wrong_try, forget_wrong_tries
from kembar.people.models import Account
from kembar.people.queries import is_shut
from kembar.people.rules import TOKEN_LASTS, TOKEN_LASTS_USUALLY, code_door

_PASSWORD_HINT = _("At least 12 characters; a sentence is good. Not one that others guess: no name, no city, no year.")
_CODE_HINT = _("The six figures your authenticator app shows now, or one of your recovery codes.")


def _word(field: forms.Field, label: Any, hint: Any = "", **attributes: str) -> None:
    """Our words on a field of the library; its placeholder, which repeats the label, goes."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class SignInForm(account_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["login"], _("E-mail address"), autocomplete="username")
        _word(self.fields["password"], _("Password"))


class ConfirmForm(account_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["password"], _("Password"))


class ChangePasswordForm(account_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["oldpassword"], _("Present password"))
        _word(self.fields["password1"], _("New password"), _PASSWORD_HINT)
        _word(self.fields["password2"], _("New password, once more"))


class ForgottenForm(account_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["email"], _("E-mail address"))


class NewPasswordForm(account_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["password1"], _("New password"), _PASSWORD_HINT)
        _word(self.fields["password2"], _("New password, once more"))


class _CountsWrongCodes:
    """Wrong codes are counted in the database: every process of the site sees the same number."""

    user: Account

    def clean_code(self) -> str:
        door = code_door(self.user.pk)
        if is_shut(door):
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            code = super().clean_code()  # type: ignore[misc]
        except ValidationError as error:
            if error.code == "incorrect_code":
                count_wrong_try(door)
            raise
        forget_wrong_tries(door)
        return str(code)


class CodeForm(_CountsWrongCodes, code_forms.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], _("Code"), _CODE_HINT, inputmode="numeric")


class ConfirmCodeForm(_CountsWrongCodes, code_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], _("Code"), _CODE_HINT, inputmode="numeric")


class NewAppForm(totp_forms.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], _("Code"), _("The six figures the app shows now."), inputmode="numeric")


class NewKeyForm(webauthn_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["name"], _("Name of this passkey"), _("By which you know it again: office laptop, phone."))
        _word(self.fields["passwordless"], _("Sign in with this passkey alone, without a password"))
        self.fields["passwordless"].initial = True


class _WithNewPassword(forms.Form):
    """A new password, typed twice and checked against whose it is."""

    password1 = forms.CharField(
        label=_("Password"), help_text=_PASSWORD_HINT, strip=False, max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    password2 = forms.CharField(
        label=_("Password, once more"), strip=False, max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        self.email = email
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        elif first:
            try:
                validate_password(first, Account(email=self.email, name=given.get("name", "")))
            except ValidationError as error:
                self.add_error("password1", error)
        return given


class JoinForm(_WithNewPassword):
    """Somebody without an account answers an invitation."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language of your letters"), choices=settings.LANGUAGES)
    field_order = ("name", "language", "password1", "password2")


class RecoverForm(_WithNewPassword):
    """Somebody whose second factor was reset sets a new password."""


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language of your letters"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]
    )


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The letter with the invitation goes there."))
    role = forms.ChoiceField(label=_("Role"))
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, by: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(role.value, capfirst(role.label)) for role in Role if may_give(by, role)]
        self.fields["role"].choices = offered  # type: ignore[attr-defined]


class ResetForm(forms.Form):
    confirmed_how = forms.CharField(
        label=_("How did you make sure who asks?"),
        help_text=_("For example: came to the office in person. It is kept in the journal."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


class TokenForm(forms.Form):
    """What an access token is for, and for how long."""

    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("Which program uses it, for example: the city's own website.")
    )
    office = forms.ChoiceField(label=_("Office"))
    scopes = forms.MultipleChoiceField(
        label=_("What it is for"), initial=[Scope.READ], widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=_("How long it lasts"), coerce=int, initial=TOKEN_LASTS_USUALLY)

    def __init__(self, *args: Any, offices: Iterable[Office], **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or "id"
        names = [(office.slug, office.local_government.name_in(language)) for office in offices]
        lasts = [(days, ngettext("%(count)d day", "%(count)d days", days) % {"count": days}) for days in TOKEN_LASTS]
        self.fields["scopes"].choices = [(code, capfirst(label)) for code, label in Scope.choices]  # type: ignore[attr-defined]
        self.fields["office"].choices = names  # type: ignore[attr-defined]
        self.fields["days"].choices = lasts  # type: ignore[attr-defined]
