"""Reading a register over the network: line by line, with limits on time and size, and a sentence for what goes wrong.

Only the standard library, and only http and https: nothing here can be led to open a file or another service.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import quote, urlsplit

from loftet.commands.shell import Stop
from loftet.commands.words import say

SILENCE = 30.0
"""Seconds without a byte."""
WHOLE = 3600.0
"""Seconds in all."""
MOST_BYTES = 4 << 30
LONGEST_LINE = 64 << 20
LONGEST_TEXT = 1 << 20
_CHUNK = 1 << 16
_SCHEMES = ("http", "https")


def is_address(text: str) -> bool:
    """Tell whether a text is meant as a web address."""
    return text.lower().startswith(("http://", "https://"))


@dataclass(frozen=True)
class Address:
    """A web address of a register: of its installation, of any page there, or of an export that lies anywhere."""

    site: str
    path: str
    query: str = ""

    @classmethod
    def parse(cls, text: str) -> Address:
        """Return the address in a text, or stop with a sentence."""
        try:
            parts = urlsplit(text.strip())
            parts.port  # noqa: B018 - raises when it is no number
        except ValueError:
            raise Stop(_no_address(text)) from None
        if parts.scheme.lower() not in _SCHEMES or not parts.hostname or "@" in parts.netloc:
            raise Stop(_no_address(text))
        return cls(f"{parts.scheme.lower()}://{parts.netloc.lower()}", quote(parts.path, safe="/%"), parts.query)

    @property
    def host(self) -> str:
        """The host, for sentences."""
        return self.site.partition("://")[2]

    @property
    def export(self) -> str:
        """Where the export is: the address itself when it is a file, else where every installation has its own."""
        if self.path.endswith(".jsonl"):
            return self.site + self.path + (f"?{self.query}" if self.query else "")
        return self.there("export.jsonl")

    def there(self, name: str) -> str:
        """Where the installation has another of the register's files."""
        return f"{self.site}/loftesboken/{name}"


def lines(url: str) -> Iterator[bytes]:
    """Yield the lines of an export with their line feeds, or stop with a sentence."""
    with _opened(url) as answer:
        for number, line in enumerate(_split(_chunks(answer, url, MOST_BYTES))):
            if not number and not line.startswith(b"{"):
                raise Stop(
                    say(
                        f"Det som finns på {url} är ingen export av en löftesbok. Kontrollera adressen.",
                        f"What is at {url} is not an export of a register. Check the address.",
                    )
                )
            yield line


def text(url: str) -> str:
    """Return a short text, such as a key or a checkpoint, or stop with a sentence."""
    with _opened(url) as answer:
        data = b"".join(_chunks(answer, url, LONGEST_TEXT))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Stop(
            say(f"Det som finns på {url} är ingen text i UTF-8.", f"What is at {url} is not a text in UTF-8.")
        ) from None


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows to web addresses and nowhere else."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if urlsplit(newurl).scheme.lower() not in _SCHEMES:
            raise urllib.error.HTTPError(req.full_url, code, msg, headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> urllib.request.OpenerDirector:
    """An opener that knows the web and no other kind of address."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    opener.addheaders = [("User-Agent", "loftet")]
    return opener


@contextmanager
def _opened(url: str) -> Iterator[Any]:
    """An answer to read from. What fails, now or while it is read, is told in a sentence."""
    host = urlsplit(url).netloc
    try:
        with _opener().open(url, timeout=SILENCE) as answer:
            yield answer
    except urllib.error.HTTPError as fault:
        fault.close()
        raise Stop(_refused(url, host, fault.code)) from fault
    except urllib.error.URLError as fault:
        raise Stop(_unreachable(url, host, fault.reason)) from fault
    except (OSError, http.client.HTTPException, UnicodeError) as fault:
        raise Stop(_unreachable(url, host, fault)) from fault


def _chunks(answer: IO[bytes], url: str, most: int) -> Iterator[bytes]:
    """The answer in pieces as they come, within the limits."""
    ends, size = time.monotonic() + WHOLE, 0
    while chunk := answer.read1(_CHUNK):  # type: ignore[attr-defined]
        size += len(chunk)
        if size > most:
            raise Stop(
                say(
                    f"Svaret från {url} är större än {most} byte. Hämta filen på annat sätt och kontrollera den.",
                    f"The answer from {url} is larger than {most} bytes. Fetch the file another way and check that.",
                )
            )
        if time.monotonic() > ends:
            raise TimeoutError
        yield chunk
    if getattr(answer, "length", None):  # fewer bytes than were promised
        raise http.client.IncompleteRead(b"")


def _split(chunks: Iterator[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        if b"\n" in chunk:
            *whole, rest = bytes(waiting).split(b"\n")
            waiting = bytearray(rest)
            for line in whole:
                yield line + b"\n"
        if len(waiting) > LONGEST_LINE:
            raise Stop(
                say(
                    f"En rad är längre än {LONGEST_LINE} byte, så det är ingen export av en löftesbok.",
                    f"A line is longer than {LONGEST_LINE} bytes, so this is not an export of a register.",
                )
            )
    if waiting:
        yield bytes(waiting)


def _no_address(text: str) -> str:
    return say(
        f"{text} är ingen webbadress. Den ska se ut som https://exempel.se.",
        f"{text} is no web address. It looks like https://example.org.",
    )


def _refused(url: str, host: str, code: int) -> str:
    if 300 <= code < 400:
        return say(
            f"{host} skickar vidare till en adress som inte går att följa.",
            f"{host} redirects to an address that cannot be followed.",
        )
    if code in (404, 410):
        return say(
            f"På {url} finns inget ({code}). Kontrollera adressen.",
            f"There is nothing at {url} ({code}). Check the address.",
        )
    if code == 503:
        return say(
            f"{host} kan inte svara just nu (503). Försök igen om en stund.",
            f"{host} cannot answer just now (503). Try again in a while.",
        )
    return say(f"{host} svarade med felet {code} för {url}.", f"{host} answered {code} for {url}.")


def _unreachable(url: str, host: str, why: object) -> str:
    if isinstance(why, socket.gaierror | UnicodeError):
        return say(
            f"Värden {host} går inte att hitta. Kontrollera adressen och att datorn har nät.",
            f"The host {host} cannot be found. Check the address and that the computer is online.",
        )
    if isinstance(why, TimeoutError):
        return say(
            f"{host} svarade inte i tid. Försök igen, eller hämta filen på annat sätt.",
            f"{host} did not answer in time. Try again, or fetch the file another way.",
        )
    if isinstance(why, ssl.SSLError):
        return say(
            f"Anslutningen till {host} är inte säker: {why}. Inget är hämtat.",
            f"The connection to {host} is not secure: {why}. Nothing is fetched.",
        )
    if isinstance(why, http.client.IncompleteRead | ConnectionResetError):
        return say(
            f"Anslutningen till {host} bröts innan allt var hämtat. Försök igen.",
            f"The connection to {host} broke before everything was fetched. Try again.",
        )
    # What a server has sent may stand in it: no control characters reach the terminal.
    words = "".join(filter(str.isprintable, getattr(why, "strerror", None) or str(why))).strip()
    detail = words or type(why).__name__
    return say(f"{url} går inte att hämta: {detail}.", f"{url} cannot be fetched: {detail}.")
