"""Addresses of what the law asks of what is kept, under a place."""

from django.urls import path

from loftet.faces.workspace.records import handlings, rules, views

urlpatterns = [
    path("", views.withheld, name="withheld"),
    path("ord/", views.withhold, name="withhold"),
]
handling_patterns = [
    path("", handlings.handlings, name="handlings"),
    path("regler/<str:organisation_id>/", rules.retention_rules, name="retention_rules"),
    path("regler/<str:organisation_id>/<str:document_type>/", rules.retention_rule, name="retention_rule"),
    path("<str:subject>/diarienummer/<str:organisation_id>/", handlings.diary_number, name="diary_number"),
]
