"""Addresses of measures of effect under a place."""

from django.urls import path

from loftet.faces.workspace.indicators import views

urlpatterns = [
    path("nytt/", views.series_new, name="series_new"),
    path("<str:public_id>/", views.measurement, name="measurement"),
]
