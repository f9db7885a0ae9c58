"""Addresses of promises under a place."""

from django.urls import path

from loftet.faces.workspace.promises import parts, views

urlpatterns = [
    path("nytt/", views.new, name="promise_new"),
    path("<str:public_id>/", views.promise, name="promise"),
    path("<str:public_id>/andra/", views.edit, name="promise_edit"),
    path("<str:public_id>/lagg-fram/", views.propose, name="promise_propose"),
    path("<str:public_id>/atgarder/ny/", parts.measure_new, name="measure_new"),
    path("<str:public_id>/atgarder/<str:measure_id>/", parts.measure_edit, name="measure_edit"),
    path("<str:public_id>/atgarder/<str:measure_id>/ta-bort/", parts.measure_remove, name="measure_remove"),
    path("<str:public_id>/mal/nytt/", parts.target_new, name="target_new"),
    path("<str:public_id>/mal/<str:target_id>/ta-bort/", parts.target_remove, name="target_remove"),
]
