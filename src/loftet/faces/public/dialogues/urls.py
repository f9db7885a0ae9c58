"""Addresses under `/<place>/dialoger/`."""

from django.urls import path

from loftet.faces.public.dialogues import views

urlpatterns = [
    path("<slug:slug>/", views.dialogue, name="dialogue"),
    path("<slug:slug>/delta/", views.take_part, name="take_part"),
    path("<slug:slug>/sag-det-sjalv/", views.say, name="say"),
    path("<slug:slug>/sag-det-sjalv/medan-du-skriver/", views.while_writing, name="while_writing"),
    path("<slug:slug>/mina-svar/", views.my_answers, name="my_answers"),
    path("<slug:slug>/kod/", views.return_code, name="return_code"),
    path("<slug:slug>/nasta-person/", views.next_person, name="next_person"),
    path("<slug:slug>/resultat/", views.result, name="dialogue_result"),
]
