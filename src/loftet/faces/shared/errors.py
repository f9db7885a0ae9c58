"""Pages for what went wrong. Each says what happened, what is kept and what one can do."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse

from loftet.faces.shared.context import installation

# Shown when even the error page cannot be drawn. It leans on nothing.
LAST_RESORT = (
    '<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Något gick fel hos oss</title></head>'
    "<body><main><h1>Något gick fel hos oss</h1><p>Felet är vårt. Det som redan var sparat finns kvar.</p>"
    '<p>Vänta en stund och försök igen, eller gå till <a href="/">startsidan</a>.</p></main></body></html>'
)


@dataclass(frozen=True)
class Todo:
    """One thing that the visitor can do, with or without an address."""

    text: str
    url: str = ""


def _address(name: str, fallback: str = "/") -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return fallback


def _page(
    request: HttpRequest | None, code: int, heading: str, happened: str, kept: str, todo: list[Todo]
) -> HttpResponse:
    """Draw a message. Without the request, so that neither session nor database is asked on the way."""
    context = {"heading": heading, "happened": happened, "kept": kept, "todo": todo, "code": code}
    context["request"] = request
    return HttpResponse(render_to_string("shared/message.html", context | installation(request)), status=code)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form could not be understood."""
    return _page(
        request,
        400,
        "Vi förstod inte det som skickades",
        "Något i adressen eller formuläret gick inte att läsa.",
        "Inget nytt är sparat. Det som redan var sparat finns kvar.",
        [
            Todo("Gå tillbaka i webbläsaren och försök igen. Det du skrev finns oftast kvar i formuläret."),
            Todo("Till startsidan", _address("public:start")),
        ],
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the visitor may not. The reason stands in the exception, in Swedish, when our own code raised it."""
    return _page(
        request,
        403,
        "Du kommer inte åt den här sidan",
        str(exception or "") or "Sidan är till för andra än dig, eller så saknar du rätt roll.",
        "Inget är ändrat.",
        [
            Todo("Be din administratör om rätt roll, om du behöver sidan i ditt arbete."),
            Todo("Logga in", _address("account_login")),
            Todo("Till startsidan", _address("public:start")),
        ],
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing lies at the address."""
    return _page(
        request,
        404,
        "Sidan finns inte",
        "Det finns ingen sida på den här adressen. Den kan vara felskriven, eller så är innehållet inte publicerat.",
        "Medborgarlöften och dialoger som har publicerats behåller sin adress, även när de är avslutade.",
        [
            Todo("Hitta din kommun", _address("public:places")),
            Todo("Alla medborgarlöften", _address("public:promises")),
            Todo("Till startsidan", _address("public:start")),
        ],
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our own fault. Needs no database, and falls back on a page that needs nothing."""
    try:
        return _page(
            request,
            500,
            "Något gick fel hos oss",
            "Felet är vårt, inte ditt.",
            "Det som redan var sparat finns kvar. Det du höll på att skicka kan behöva skickas igen.",
            [
                Todo("Vänta en stund och försök igen."),
                Todo("Till startsidan", _address("public:start")),
            ],
        )
    except Exception:
        # Whatever broke the page may have broken this one too; Django has already logged the first error.
        return HttpResponse(LAST_RESORT, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a staff form whose token is too old or missing."""
    return _page(
        request,
        403,
        "Formuläret hade blivit för gammalt",
        "Vi kunde inte kontrollera att formuläret kom från dig. Det händer när en sida har stått öppen länge, "
        "eller när du har loggat ut i en annan flik.",
        "Inget nytt är sparat.",
        [
            Todo("Gå tillbaka i webbläsaren, ladda om sidan och skicka igen. Kopiera gärna det du skrev först."),
            Todo("Till skrivbordet", _address("workspace:home")),
        ],
    )
