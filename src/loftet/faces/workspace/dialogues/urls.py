"""Addresses of dialogues under a place."""

from django.urls import path

from loftet.faces.workspace.dialogues import moderation, views

urlpatterns = [
    path("ny/", views.new, name="dialogue_new"),
    path("<str:public_id>/", views.dialogue, name="dialogue"),
    path("<str:public_id>/andra/", views.edit, name="dialogue_edit"),
    path("<str:public_id>/publicera/", views.publish, name="dialogue_publish"),
    path("<str:public_id>/granska/", moderation.moderation, name="dialogue_moderation"),
    path("<str:public_id>/granska/<str:voice_id>/", moderation.moderate, name="voice_moderate"),
    path("<str:public_id>/pastaenden/<int:number>/ta-bort/", views.remove_seed, name="seed_remove"),
]
