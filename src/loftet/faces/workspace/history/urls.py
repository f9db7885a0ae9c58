"""Addresses of the history under a place."""

from django.urls import path

from loftet.faces.workspace.history import views

urlpatterns = [
    path("", views.history, name="history"),
    path("<str:kind>/<str:public_id>/", views.thing_history, name="thing_history"),
]
