"""Addresses of what the law asks of what is kept, under a place."""

from django.urls import path

from loftet.faces.workspace.records import disclosing, handlings, rules, sending, views, weeding

urlpatterns = [
    path("", views.withheld, name="withheld"),
    path("ord/", views.withhold, name="withhold"),
]
handling_patterns = [
    path("", handlings.handlings, name="handlings"),
    path("regler/<str:organisation_id>/", rules.retention_rules, name="retention_rules"),
    path("regler/<str:organisation_id>/<str:document_type>/", rules.retention_rule, name="retention_rule"),
    path("lamna-ut/", disclosing.disclose, name="disclose"),
    path("gallring/<str:organisation_id>/", weeding.weeding_plan, name="weeding_plan"),
    path("gallring/<str:organisation_id>/plan.json", weeding.weeding_plan_file, name="weeding_plan_file"),
    path("gallring/<str:organisation_id>/<str:subject>/<str:document_type>/", weeding.weed, name="weed"),
    path("registrator/<str:organisation_id>/", sending.registry, name="registry"),
    path("<str:subject>/diariet/", sending.send_to_diary, name="send_to_diary"),
    path("<str:subject>/diarienummer/<str:organisation_id>/", handlings.diary_number, name="diary_number"),
]
