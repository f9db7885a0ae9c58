"""Identity providers on loopback: one that says whatever a test wants, and one that others have written."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import RSAKey

from loftet.testing.installation import free_port


class Provider:
    """Signs anyone in who is sent to it. What it says of them is `claims`; `signs_with` may be somebody else's key."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "one"}, auto_kid=False)
        self.signs_with: Any = self.key
        self.header: dict[str, Any] = {"alg": "RS256", "kid": "one"}
        self.claims: dict[str, Any] = {}
        self.calls_itself = ""
        self.is_down = False
        self.asked: dict[str, str] = {}
        self.exchanged: dict[str, str] = {}
        self.address = ""

    def sign_in(self, address: str, **claims: Any) -> str:
        """Do what a browser and its owner do on the provider's page; return the path that they come back to."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.claims = claims
        back = urlsplit(self.asked["redirect_uri"])
        return f"{back.path}?{urlencode({'code': 'a-code', 'state': self.asked['state']})}"

    def token(self) -> str:
        """The ID token, with what the protocol asks for unless the claims say otherwise (None leaves one out)."""
        now = int(time.time())
        usual = {
            "iss": self.address,
            "aud": self.asked.get("client_id"),
            "exp": now + 300,
            "iat": now,
            "nonce": self.asked.get("nonce"),
        }
        claims = {name: value for name, value in {**usual, **self.claims}.items() if value is not None}
        return jwt.encode(self.header, claims, self.signs_with)

    def answer(self, path: str, body: bytes) -> dict[str, Any] | None:
        """What it says at an address; None when there is nothing."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.calls_itself or self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            }
        if path == "/keys":
            return {"keys": [self.key.as_dict(private=False)]}
        if path == "/token":
            self.exchanged = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            return {"access_token": "unused", "token_type": "Bearer", "expires_in": 60, "id_token": self.token()}
        return None


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that answers until the context ends."""
    one = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(one.answer(self.path, b""))

        def do_POST(self) -> None:
            self._send(one.answer(self.path, self.rfile.read(int(self.headers["Content-Length"]))))

        def _send(self, answer: dict[str, Any] | None) -> None:
            body = json.dumps(answer).encode()
            self.send_response(503 if one.is_down else 200 if answer else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Say nothing on the terminal."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        one.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield one
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def independent_provider() -> Iterator[str]:
    """oidc-provider-mock in a process of its own, and its address. It asks for a `sub`, and vouches for any."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{address}/.well-known/openid-configuration")
            yield address
        finally:
            process.terminate()


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            requests.get(address, timeout=1).raise_for_status()
            return
        except requests.RequestException:
            time.sleep(0.1)
    raise RuntimeError(f"Nothing answered at {address} within a minute.")
