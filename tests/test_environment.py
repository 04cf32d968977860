"""A setting is read as it was meant, or stops the start with a sentence."""

import pytest

from config import environment
from config.environment import BadSetting, MailServer


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", MailServer()),
        ("smtp://localhost", MailServer("localhost", 25)),
        ("smtp://127.0.0.1:2525", MailServer("127.0.0.1", 2525)),
        ("smtp+tls://mail.example.org", MailServer("mail.example.org", 587, starttls=True)),
        (
            "smtps://kantor%40example.org:p%3Ass@mail.example.org",
            MailServer("mail.example.org", 465, "kantor@example.org", "p:ss", tls=True),
        ),
    ],
)
def test_the_address_of_a_mail_server_is_read(
    value: str, expected: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEMBAR_MAIL_SERVER", value)
    assert environment.mail_server("KEMBAR_MAIL_SERVER") == expected


NEEDED = {
    "KEMBAR_OIDC_ISSUER": "https://sso.example.org", "KEMBAR_OIDC_CLIENT": "kembar", "KEMBAR_OIDC_SECRET": "x",
    "KEMBAR_OIDC_MAIL_DOMAINS": "@Bandung.example, example.org",
}  # fmt: skip


def test_a_directory_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.directory() == environment.Directory()
    for name, value in {**NEEDED, "KEMBAR_OIDC_STRONG": "mfa, hwk", "KEMBAR_OIDC_NAME_KO": "시 디렉터리"}.items():
        monkeypatch.setenv(name, value)
    names = {"": "", "en": "", "ko": "시 디렉터리", "zh": ""}
    assert environment.directory() == environment.Directory(
        "https://sso.example.org", "kembar", "x", names, ("bandung.example", "example.org"), strong=("mfa", "hwk")
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("KEMBAR_OIDC_ISSUER", "http://sso.example.org", "KEMBAR_OIDC_ISSUER must begin with https://"),
        ("KEMBAR_OIDC_SECRET", "", "KEMBAR_OIDC_ISSUER is set and KEMBAR_OIDC_SECRET is not"),
        ("KEMBAR_OIDC_MAIL_DOMAINS", "", "KEMBAR_OIDC_ISSUER is set and KEMBAR_OIDC_MAIL_DOMAINS is not"),
    ],
)
def test_half_a_directory_stops_the_start(name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for needed, given in {**NEEDED, name: value}.items():
        monkeypatch.setenv(needed, given)
    with pytest.raises(BadSetting, match=said):
        environment.directory()


@pytest.mark.parametrize("value", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port", "x"])
def test_an_address_that_names_no_mail_server_stops_the_start(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEMBAR_MAIL_SERVER", value)
    with pytest.raises(BadSetting, match="KEMBAR_MAIL_SERVER must be like smtp"):
        environment.mail_server("KEMBAR_MAIL_SERVER")
