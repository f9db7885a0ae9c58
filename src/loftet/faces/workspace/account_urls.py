"""Sign-in and out for staff. Only the routes of allauth that are used, so that no other can be reached."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import cast

from allauth.account import views
from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app_codes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, re_path
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from loftet.faces.shared.access import PUBLIC, signed_in
from loftet.faces.workspace import account_forms as forms
from loftet.faces.workspace import invitations, second_step
from loftet.faces.workspace.identity import views as identity
from loftet.faces.workspace.identity.sign_in import SignIn, SignInAgain, again_over_there
from loftet.faces.workspace.sessions import SessionsView

TOO_MANY = {
    "heading": "För många försök",
    "happened": "Det har kommit för många försök på kort tid.",
    "kept": "Inget är ändrat.",
    "todo": [{"text": "Vänta några minuter och försök igen."}],
    "code": 429,
}


def shown(view: type[View], template: str, **options) -> Callable[..., HttpResponse]:
    """A view of allauth's with our page, and our words when it has been asked too often."""
    page = view.as_view(template_name=f"workspace/account/{template}.html", **options)

    @wraps(page)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = cast(HttpResponse, page(request, *args, **kwargs))
        return render(request, "shared/message.html", TOO_MANY, status=429) if response.status_code == 429 else response

    return answer


def open_to_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Declare a sign-in page reachable by anyone. It keeps its form token, unlike the public's forms."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


urlpatterns = [
    path("logga-in/", open_to_all(shown(SignIn, "login", form_class=forms.LoginForm)), name="account_login"),
    path("logga-in/organisation/", open_to_all(identity.choose), name="identity_choose"),
    path("logga-in/organisation/<str:provider_id>/", open_to_all(identity.begin), name="identity_begin"),
    path("logga-in/organisation/<str:provider_id>/svar/", open_to_all(identity.finish), name="identity_finish"),
    path(
        "logga-in/kod/",
        open_to_all(shown(second_step.AtSignIn, "second_step")),
        name="mfa_authenticate",
    ),
    path("logga-ut/", open_to_all(shown(views.LogoutView, "logout")), name="account_logout"),
    path(
        "bekrafta-vem-du-ar/",
        signed_in(shown(SignInAgain, "reauthenticate", form_class=forms.ReauthenticateForm)),
        name="account_reauthenticate",
    ),
    path(
        "bekrafta-vem-du-ar/kod/",
        signed_in(shown(second_step.Again, "second_step_again")),
        name="mfa_reauthenticate",
    ),
    path(
        "bekrafta-vem-du-ar/nyckel/",
        signed_in(shown(second_step.KeyAgain, "key_again")),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "konto/tva-steg/nyckel/",
        signed_in(again_over_there(shown(second_step.AddKey, "key_add"))),
        name="mfa_add_webauthn",
    ),
    path(
        "konto/tva-steg/nyckel/<int:pk>/ta-bort/",
        signed_in(shown(second_step.RemoveKey, "key_remove")),
        name="mfa_remove_webauthn",
    ),
    path("konto/tva-steg/", signed_in(shown(IndexView, "two_steps")), name="mfa_index"),
    path(
        "konto/tva-steg/app/",
        signed_in(again_over_there(shown(app_codes.ActivateTOTPView, "app_add"))),
        name="mfa_activate_totp",
    ),
    path(
        "konto/tva-steg/app/ta-bort/",
        signed_in(shown(app_codes.DeactivateTOTPView, "app_remove")),
        name="mfa_deactivate_totp",
    ),
    path(
        "konto/tva-steg/reservkoder/",
        signed_in(never_cache(shown(recovery_codes.ViewRecoveryCodesView, "recovery_codes"))),
        name="mfa_view_recovery_codes",
    ),
    path(
        "konto/tva-steg/reservkoder/nya/",
        signed_in(shown(recovery_codes.GenerateRecoveryCodesView, "recovery_codes_new")),
        name="mfa_generate_recovery_codes",
    ),
    path("konto/inloggningar/", signed_in(shown(SessionsView, "sessions")), name="usersessions_list"),
    path(
        "losenord/byt/",
        signed_in(shown(views.PasswordChangeView, "password_change", form_class=forms.ChangePasswordForm)),
        name="account_change_password",
    ),
    path("losenord/bytt/", signed_in(shown(TemplateView, "password_changed")), name="account_password_changed"),
    path(
        "losenord/glomt/",
        open_to_all(shown(views.PasswordResetView, "password_reset", form_class=forms.ResetPasswordForm)),
        name="account_reset_password",
    ),
    path(
        "losenord/glomt/skickat/",
        open_to_all(shown(views.PasswordResetDoneView, "password_reset_done")),
        name="account_reset_password_done",
    ),
    # The key has hyphens of its own, so the first part must not take any.
    re_path(
        r"^losenord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        open_to_all(
            shown(views.PasswordResetFromKeyView, "password_reset_from_key", form_class=forms.ResetPasswordKeyForm)
        ),
        name="account_reset_password_from_key",
    ),
    path(
        "losenord/nytt/klart/",
        open_to_all(shown(views.PasswordResetFromKeyDoneView, "password_reset_from_key_done")),
        name="account_reset_password_from_key_done",
    ),
    path(
        "inbjudan/klart/", open_to_all(shown(TemplateView, "invitation_accepted")), name="account_invitation_accepted"
    ),
    path("inbjudan/<str:token>/", open_to_all(invitations.invitation), name="account_invitation"),
]
