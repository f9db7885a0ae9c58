"""Addresses of cooperation agreements under a place."""

from django.urls import path

from loftet.faces.workspace.plans import views

urlpatterns = [
    path("", views.agreements, name="agreements"),
    path("ny/", views.new, name="agreement_new"),
    path("<str:public_id>/", views.agreement, name="agreement"),
    path("<str:public_id>/andra/", views.edit, name="agreement_edit"),
    path("<str:public_id>/dela/", views.share, name="agreement_share"),
    path("<str:public_id>/synpunkt/", views.comment, name="agreement_comment"),
    path("<str:public_id>/lagg-fram/", views.propose, name="agreement_propose"),
    path("<str:public_id>/sag-upp/", views.terminate, name="agreement_terminate"),
]
