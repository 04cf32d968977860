"""A city's directory on this machine: an OpenID provider of Authlib, whose rules nobody here wrote, served by Flask."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from flask import Flask, Response, abort, jsonify, request
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "kembar", "a-secret-of-two"
BACK = "http://localhost:8000/account/directory/back/"
_KEY = RSAKey.generate_key(2048, {"kid": "today", "use": "sig", "alg": "RS256"})
_OTHER = RSAKey.generate_key(2048, {"kid": "today", "use": "sig", "alg": "RS256"})


@dataclass
class Person:
    """Somebody in the directory. `disabled` ends nothing but their coming in."""

    subject: str
    claims: dict[str, Any] = field(default_factory=dict)
    amr: list[str] = field(default_factory=lambda: ["pwd"])
    disabled: bool = False


@dataclass
class Code:
    code: str
    person: Person
    asked: dict[str, str]

    @property
    def code_challenge(self) -> str | None:
        return self.asked.get("code_challenge")

    @property
    def code_challenge_method(self) -> str | None:
        return self.asked.get("code_challenge_method")

    def get_redirect_uri(self) -> str:
        return self.asked["redirect_uri"]

    def get_scope(self) -> str:
        return self.asked["scope"]

    def get_nonce(self) -> str | None:
        return self.asked.get("nonce")

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> str:
        return ""

    def get_amr(self) -> list[str]:
        return self.person.amr


class Client:
    client_id, id_token_signed_response_alg = CLIENT, "RS256"

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return BACK

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(word for word in scope.split() if word in {"openid", "profile", "email"})

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == BACK

    def check_client_secret(self, secret: str) -> bool:
        return secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in {"client_secret_basic", "client_secret_post"}

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class Directory:
    """`now` is whoever sits at the browser; `off` makes its clock wrong by so many seconds, `forged` its signatures."""

    def __init__(self) -> None:
        self.now = Person("nobody")
        self.off, self.forged, self.about, self.issuer_said = 0, False, "", ""
        self.codes: dict[str, Code] = {}
        self.tokens: dict[str, Person] = {}
        self.app = Flask("directory")
        server = AuthorizationServer(self.app, query_client=lambda name: Client() if name == CLIENT else None,
                                     save_token=self._keep)  # fmt: skip
        server.register_grant(_grant(self), [_words(self)(require_nonce=True), CodeChallenge(required=True)])
        self._serve(server)
        self.http = make_server("127.0.0.1", 0, self.app, threaded=True)
        self.issuer = f"http://127.0.0.1:{self.http.port}"

    def _keep(self, token: dict[str, Any], asked: Any) -> None:
        self.tokens[token["access_token"]] = asked.user

    def _serve(self, server: Any) -> None:
        @self.app.get("/.well-known/openid-configuration")
        def configuration() -> Response:
            return jsonify(
                issuer=self.issuer_said or self.issuer, authorization_endpoint=f"{self.issuer}/enter",
                token_endpoint=f"{self.issuer}/token", userinfo_endpoint=f"{self.issuer}/userinfo",
                jwks_uri=f"{self.issuer}/keys", response_types_supported=["code"], subject_types_supported=["public"],
                id_token_signing_alg_values_supported=["RS256"],
            )  # fmt: skip

        @self.app.get("/enter")
        def enter() -> Any:
            grant = server.get_consent_grant(end_user=self.now)
            return server.create_authorization_response(grant_user=None if self.now.disabled else self.now, grant=grant)

        @self.app.post("/token")
        def token() -> Any:
            return server.create_token_response()

        @self.app.get("/userinfo")
        def userinfo() -> Response:
            person = self.tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
            if person is None:
                abort(401)
            return jsonify({"sub": self.about or person.subject, **person.claims})

        @self.app.get("/keys")
        def keys() -> Response:
            return jsonify(KeySet([_KEY]).as_dict(private=False))


def _grant(directory: Directory) -> type[AuthorizationCodeGrant]:
    class Grant(AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")

        def save_authorization_code(self, code: str, request: Any) -> None:
            directory.codes[code] = Code(code, request.user, dict(request.payload.data))

        def query_authorization_code(self, code: str, client: Any) -> Code | None:
            return directory.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            del directory.codes[authorization_code.code]

        def authenticate_user(self, authorization_code: Code) -> Person:
            return authorization_code.person

    return Grant


def _words(directory: Directory) -> type[OpenIDCode]:
    class Words(OpenIDCode):
        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return any(code.get_nonce() == nonce for code in directory.codes.values())

        def resolve_client_private_key(self, client: Client) -> Any:
            return _OTHER if directory.forged else _KEY

        def get_encode_header(self, client: Client) -> dict[str, str]:
            return {"alg": "RS256", "kid": "today"}

        def get_client_claims(self, client: Client) -> dict[str, Any]:
            now = int(time.time()) + directory.off
            return {"iss": directory.issuer, "aud": [CLIENT], "iat": now, "exp": now + 300}

        def generate_user_info(self, user: Person, scope: str) -> dict[str, Any]:
            return {"sub": user.subject}

    return Words


@contextmanager
def running() -> Iterator[Directory]:
    directory = Directory()
    thread = threading.Thread(target=directory.http.serve_forever, daemon=True)
    thread.start()
    try:
        yield directory
    finally:
        directory.http.shutdown()
        thread.join()
        directory.http.server_close()
