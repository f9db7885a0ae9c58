"""Addresses for machines and for ever."""

from django.urls import path

from loftet.faces.opendata import views

app_name = "opendata"
urlpatterns = [
    path("id/<str:public_id>", views.permanent, name="permanent"),
    path("loftesboken/export.jsonl", views.register_export, name="register_export"),
    path("loftesboken/kontrollpunkt", views.register_checkpoint, name="register_checkpoint"),
    path("loftesboken/konsistens/<int:old_size>-<int:size>", views.register_consistency, name="register_consistency"),
    path("loftesboken/nyckel", views.register_key, name="register_key"),
]
