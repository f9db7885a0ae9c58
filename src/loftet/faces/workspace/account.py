"""Staff accounts are made by an administrator; nobody signs up by themselves."""

from __future__ import annotations

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from loftet.domain.parties import rules
from loftet.faces.shared import errors


class StaffAccountAdapter(DefaultAccountAdapter):
    """allauth's rules with self-service sign-up closed, our own words, and no messages on top of our own pages."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "E-postadressen eller lösenordet stämmer inte. Kontrollera båda och försök igen.",
        "enter_current_password": "Det är inte ditt nuvarande lösenord. Inget är ändrat.",
        "incorrect_password": "Lösenordet stämmer inte. Försök igen.",
        "too_many_login_attempts": "Det har blivit för många försök. Vänta några minuter och försök igen.",
        "invalid_password_reset": "Länken gäller inte längre. Be om en ny.",
    }

    def is_open_for_signup(self, request):
        """Never: an administrator makes the account."""
        return False

    def pre_login(self, request, user, **words):
        """One without a hat today is not let in: there is nothing to do, and nobody whom it could be done for."""
        if not rules.may_sign_in(user):
            return errors.permission_denied(request, PermissionDenied(rules.NO_HAT))
        return super().pre_login(request, user, **words)

    def respond_user_inactive(self, request, user):
        """A closed account says so on our own page."""
        return errors.permission_denied(request, PermissionDenied("Kontot är stängt. Det som du har gjort är kvar."))

    def add_message(self, *args, **kwargs):
        """Say nothing extra: the page that one comes to shows that one is signed in."""

    def get_password_change_redirect_url(self, request):
        """Back to the desk when the password is changed."""
        return reverse("account_password_changed")

    def format_email_subject(self, subject):
        """The subject as it is written, without the installation's address before it."""
        return subject

    def render_mail(self, template_prefix, email, context, headers=None):
        """Our own letters lie in the workspace's templates under allauth's names."""
        return super().render_mail(f"workspace/{template_prefix}", email, context, headers)


class StaffSecondFactorAdapter(DefaultMFAAdapter):
    """allauth's second step in our own words, its QR code drawn by the library that draws all others."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Koden stämmer inte. Vänta på nästa kod i appen och försök igen.",
        "cannot_generate_recovery_codes": "Lägg först till en app. Sedan kan du få reservkoder.",
    }

    def get_public_key_credential_rp_entity(self):
        """What a browser calls us when it asks for a key; the keys are for this installation's address alone."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Löftet"}

    def generate_authenticator_name(self, user, type):
        """What a key is called when its owner has not said."""
        return "Säkerhetsnyckel"

    def build_totp_svg(self, url):
        """The QR code that the app reads."""
        drawn = segno.make(url, error="m").svg_inline(scale=4, border=4, light="#fff")
        # Inside a page the name of the language is known; as an image of its own it must be told.
        return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
