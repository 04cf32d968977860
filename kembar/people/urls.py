"""Addresses of accounts and members."""

from django.urls import path, re_path

from kembar.people.views import account, directory, members, sign_in, tokens

_FACTOR = "account/second-factor"
_FORGOTTEN = "account/password/forgotten"
_MEMBERS = "<slug:office>/desk/members"

urlpatterns = [
    path("account/", account.account, name="people_account"),
    path("account/profile/", account.profile, name="people_profile"),
    path("account/sessions/", account.sessions, name="people_sessions"),
    path("account/sessions/<int:session>/end/", account.end_session, name="people_end_session"),
    path("account/sessions/end-others/", account.end_other_sessions, name="people_end_other_sessions"),
    path("account/kept/", account.kept, name="people_kept"),
    path("account/tokens/", tokens.tokens, name="people_tokens"),
    path("account/tokens/new/", tokens.new_token, name="people_new_token"),
    path("account/tokens/<int:token>/revoke/", tokens.revoke, name="people_revoke_token"),
    path("account/permissions/", members.permissions, name="people_permissions"),
    path("account/invitation/<str:token>/", account.invitation, name="people_invitation"),
    # The library asks for these names.
    path("account/sign-in/", sign_in.sign_in, name="account_login"),
    path("account/sign-in/code/", sign_in.code, name="mfa_authenticate"),
    path("account/sign-in/passkey/", sign_in.passkey_sign_in, name="mfa_login_webauthn"),
    path("account/directory/", directory.start, name="people_directory"),
    path("account/directory/closed/<slug:why>/", directory.closed, name="people_directory_closed"),
    path("account/sign-out/", sign_in.sign_out, name="account_logout"),
    path("account/closed/", sign_in.inactive, name="account_inactive"),
    path("account/confirm/", sign_in.confirm, name="account_reauthenticate"),
    path("account/confirm/code/", sign_in.confirm_code, name="mfa_reauthenticate"),
    path("account/confirm/passkey/", sign_in.confirm_passkey, name="mfa_reauthenticate_webauthn"),
    path("account/password/", sign_in.change_password, name="account_change_password"),
    path(f"{_FORGOTTEN}/", sign_in.forgotten, name="account_reset_password"),
    path(f"{_FORGOTTEN}/sent/", sign_in.forgotten_sent, name="account_reset_password_done"),
    path(f"{_FORGOTTEN}/done/", sign_in.forgotten_done, name="account_reset_password_from_key_done"),
    re_path(
        rf"^{_FORGOTTEN}/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        sign_in.forgotten_link,
        name="account_reset_password_from_key",
    ),
    path(f"{_FACTOR}/", sign_in.second_factor, name="mfa_index"),
    path(f"{_FACTOR}/app/", sign_in.new_app, name="mfa_activate_totp"),
    path(f"{_FACTOR}/app/remove/", sign_in.remove_app, name="mfa_deactivate_totp"),
    path(f"{_FACTOR}/keys/new/", sign_in.new_key, name="mfa_add_webauthn"),
    path(f"{_FACTOR}/keys/<int:pk>/remove/", sign_in.remove_key, name="mfa_remove_webauthn"),
    path(f"{_FACTOR}/codes/", sign_in.codes, name="mfa_view_recovery_codes"),
    path(f"{_FACTOR}/codes/new/", sign_in.new_codes, name="mfa_generate_recovery_codes"),
    path(f"{_FACTOR}/codes.txt", sign_in.codes_file, name="mfa_download_recovery_codes"),
    path(f"{_MEMBERS}/", members.members, name="people_members"),
    path(f"{_MEMBERS}/tokens/", tokens.office_tokens, name="people_office_tokens"),
    path(f"{_MEMBERS}/tokens/<int:token>/revoke/", tokens.revoke_of_office, name="people_revoke_office_token"),
    path(f"{_MEMBERS}/invite/", members.invite, name="people_invite"),
    path(f"{_MEMBERS}/<int:membership>/end/", members.end, name="people_end_membership"),
    path(f"{_MEMBERS}/<int:account>/reset/", members.reset, name="people_reset"),
    path(f"{_MEMBERS}/invitations/<int:invitation>/withdraw/", members.withdraw, name="people_withdraw"),
]

# In no language: directories lead back to one address, letter for letter. The library asks for this name.
of_site = [
    path("account/directory/back/", directory.back, {"provider_id": "directory"}, name="openid_connect_callback"),
]
