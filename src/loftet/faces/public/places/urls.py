"""Addresses of the pages about places, for `public/urls.py` to take in before `/<place>/`, which would catch them."""

from __future__ import annotations

from django.urls import path

from loftet.faces.public.places import views

urlpatterns = [
    path("", views.start, name="start"),
    path("kommuner/", views.municipalities, name="places"),
    path("lan/<slug:slug>/", views.county, name="county"),
    path("polisregioner/<slug:slug>/", views.police_region, name="police_region"),
    path("om/data/", views.data, name="about_data"),
]
