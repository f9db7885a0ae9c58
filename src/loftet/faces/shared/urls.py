"""Addresses of what all faces share."""

from __future__ import annotations

from django.urls import path

from loftet.faces.shared import views

app_name = "shared"
urlpatterns = [path("om/komponenter/", views.gallery, name="gallery")]
