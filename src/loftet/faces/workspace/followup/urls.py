"""Addresses of reports and answers under a place."""

from django.urls import path

from loftet.faces.workspace.followup import feedback, views

urlpatterns = [
    path("atgarder/<str:public_id>/rapport/", views.report, name="report"),
    path("dialoger/<str:public_id>/svar/", feedback.feedback, name="feedback"),
    path("dialoger/<str:public_id>/svar/<str:feedback_id>/publicera/", feedback.publish, name="feedback_publish"),
    path("dialoger/<str:public_id>/svar/<str:feedback_id>/<str:finding_id>/", feedback.respond, name="respond"),
]
