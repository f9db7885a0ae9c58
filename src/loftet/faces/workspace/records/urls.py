"""Addresses of what the law asks of what is kept, under a place."""

from django.urls import path

from loftet.faces.workspace.records import views

urlpatterns = [
    path("", views.withheld, name="withheld"),
    path("ord/", views.withhold, name="withhold"),
]
