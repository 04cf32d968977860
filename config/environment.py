"""Typed reads of the environment. A value that cannot be read stops the start with a sentence."""

import os
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit


class BadSetting(Exception):
    """An environment variable holds something that cannot be used."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name, "")
    if value == "":
        return default
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} must be 1 or 0, not {value!r}")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError:
        raise BadSetting(f"{name} must be a whole number, not {value!r}") from None


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    path = Path(os.environ.get(name, "") or default)
    path.mkdir(parents=True, exist_ok=True)
    return path


class MailServer(NamedTuple):
    """Where letters are handed over; no host where none is set."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


class Directory(NamedTuple):
    """Where the members of an office are known to their city (OpenID Connect); no issuer where none is set.

    `names` are by language, "" for all others. Addresses of `mail_domains` alone are believed. `strong` are the words
    by which it says that it has seen a second factor.
    """

    issuer: str = ""
    client: str = ""
    secret: str = ""
    names: dict[str, str] = {}
    mail_domains: tuple[str, ...] = ()
    trusts_mail: bool = False
    strong: tuple[str, ...] = ()
    only: bool = False


def directory() -> Directory:
    """Raises BadSetting when part of it is missing."""
    issuer = text("KEMBAR_OIDC_ISSUER")
    if not issuer:
        return Directory()
    if not issuer.startswith(("https://", "http://localhost:", "http://127.0.0.1:")):
        raise BadSetting(f"KEMBAR_OIDC_ISSUER must begin with https://, not {issuer!r}")
    needed = {name: text(name) for name in ("KEMBAR_OIDC_CLIENT", "KEMBAR_OIDC_SECRET", "KEMBAR_OIDC_MAIL_DOMAINS")}
    for name, value in needed.items():
        if not value:
            raise BadSetting(f"KEMBAR_OIDC_ISSUER is set and {name} is not")
    client, secret, _ = needed.values()
    return Directory(
        issuer=issuer,
        client=client,
        secret=secret,
        names={
            "": text("KEMBAR_OIDC_NAME"),
            "en": text("KEMBAR_OIDC_NAME_EN"),
            "ko": text("KEMBAR_OIDC_NAME_KO"),
            "zh": text("KEMBAR_OIDC_NAME_ZH"),
        },
        mail_domains=tuple(domain.lower().removeprefix("@") for domain in words("KEMBAR_OIDC_MAIL_DOMAINS")),
        trusts_mail=flag("KEMBAR_OIDC_TRUST_MAIL"),
        strong=tuple(words("KEMBAR_OIDC_STRONG")),
        only=flag("KEMBAR_OIDC_ONLY"),
    )


_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_server(name: str) -> MailServer:
    """`smtp://` without encryption, `smtp+tls://` with STARTTLS, `smtps://` encrypted from the first byte."""
    value = os.environ.get(name, "")
    if not value:
        return MailServer()
    try:
        parts = urlsplit(value)
        port = parts.port or _MAIL_PORTS[parts.scheme]
    except (KeyError, ValueError):
        parts, port = urlsplit(""), 0
    if not parts.hostname:
        raise BadSetting(f"{name} must be like smtp+tls://user:password@mail.example.org:587") from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port, user, password, parts.scheme == "smtp+tls", parts.scheme == "smtps")
