"""Addresses of understanding a dialogue, under the dialogue's own."""

from django.urls import path

from loftet.faces.workspace.understanding import heard, views

urlpatterns = [
    path("<str:public_id>/forsta/", views.understanding, name="dialogue_understanding"),
    path("<str:public_id>/forsta/kor/", views.run, name="run_request"),
    path("<str:public_id>/forsta/slapp/", views.release, name="release"),
    path("<str:public_id>/horde/nytt/", heard.finding_new, name="finding_new"),
    path("<str:public_id>/horde/publicera/", heard.findings_publish, name="findings_publish"),
    path("<str:public_id>/horde/<str:finding_id>/", heard.finding_edit, name="finding_edit"),
    path("<str:public_id>/horde/<str:finding_id>/ta-bort/", heard.finding_remove, name="finding_remove"),
    path("<str:public_id>/behov/nytt/", heard.need_new, name="need_new"),
    path("<str:public_id>/behov/<str:need_id>/", heard.need_edit, name="need_edit"),
]
