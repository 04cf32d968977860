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


@pytest.mark.parametrize("value", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port", "x"])
def test_an_address_that_names_no_mail_server_stops_the_start(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEMBAR_MAIL_SERVER", value)
    with pytest.raises(BadSetting, match="KEMBAR_MAIL_SERVER must be like smtp"):
        environment.mail_server("KEMBAR_MAIL_SERVER")
