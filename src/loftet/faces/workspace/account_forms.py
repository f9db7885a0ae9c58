"""allauth's forms in our own words: no placeholders, no links in hints, errors that say what to do."""

from __future__ import annotations

from allauth.account import forms as allauth
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as app_codes
from allauth.mfa.webauthn import forms as keys
from django import forms

from loftet.faces.shared.forms import PlainForm

EMAIL = {"label": "E-postadress"}
NEW = {
    "label": "Nytt lösenord",
    "help_text": "Minst 12 tecken. En mening som du minns är lätt att skriva och svår att gissa.",
}
AGAIN = {"label": "Nytt lösenord igen", "help_text": ""}


class StaffForm(PlainForm):
    """What the forms of sign-in share. `words` are the label and hint of each field."""

    words: dict[str, dict[str, str]] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = words["label"], words.get("help_text", "")
            field.widget.attrs.pop("placeholder", None)


class LoginForm(StaffForm, allauth.LoginForm):
    """E-mail and password. One is signed in until the browser closes: offices share computers."""

    words = {"login": EMAIL, "password": {"label": "Lösenord"}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["remember"]

    def clean(self):
        """As allauth, with the question that is not asked answered."""
        return {**(super().clean() or {}), "remember": False}


class ReauthenticateForm(StaffForm, allauth.ReauthenticateForm):
    """The password again."""

    words = {"password": {"label": "Lösenord"}}


class ChangePasswordForm(StaffForm, allauth.ChangePasswordForm):
    """From the old password to a new one."""

    words = {"oldpassword": {"label": "Nuvarande lösenord"}, "password1": NEW, "password2": AGAIN}


class ResetPasswordForm(StaffForm, allauth.ResetPasswordForm):
    """Where to send the link. Whether the address has an account is told to nobody, so no letter goes to strangers."""

    words = {"email": EMAIL}


class ResetPasswordKeyForm(StaffForm, allauth.ResetPasswordKeyForm):
    """A new password, by the link in the letter."""

    words = {"password1": NEW, "password2": AGAIN}


class CodeForm(StaffForm):
    """A code of digits, typed on whatever keyboard a phone has for them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class SecondStepForm(CodeForm, second_step.AuthenticateForm):
    """The second step at sign-in: a code from the app, or one of the codes on paper."""

    words = {"code": {"label": "Kod", "help_text": "Sex siffror från appen, eller en av dina reservkoder."}}


class SecondStepAgainForm(CodeForm, second_step.ReauthenticateForm):
    """The code once more, from one who is signed in."""

    words = SecondStepForm.words


class FirstCodeForm(CodeForm, app_codes.ActivateTOTPForm):
    """The first code from an app, which shows that it has the secret."""

    words = {"code": {"label": "Koden som appen visar", "help_text": "Sex siffror. De byts varje halvminut."}}


class AddKeyForm(StaffForm, keys.AddWebAuthnForm):
    """What a new security key is called; what the key itself answers is filled in by the browser."""

    name = forms.CharField(required=False, max_length=60)
    words = {"name": {"label": "Vad ska nyckeln heta?", "help_text": "Till exempel jobbdatorn eller nyckelknippan."}}
