"""Addresses of joint pictures under a place."""

from django.urls import path

from loftet.faces.workspace.situation import problems, views

urlpatterns = [
    path("ny/", views.new, name="picture_new"),
    path("<str:public_id>/", views.picture, name="picture"),
    path("<str:public_id>/andra/", views.edit, name="picture_edit"),
    path("<str:public_id>/lagg-fram/", views.propose, name="picture_propose"),
    path("<str:public_id>/problem/nytt/", problems.problem_new, name="problem_new"),
    path("<str:public_id>/problem/<str:problem_id>/", problems.problem_edit, name="problem_edit"),
    path("<str:public_id>/problem/<str:problem_id>/kalla/", problems.source_new, name="source_new"),
    path("<str:public_id>/problem/<str:problem_id>/ordning/", problems.priority, name="problem_priority"),
    path("<str:public_id>/kalla/<int:source_id>/ta-bort/", problems.source_remove, name="source_remove"),
]
