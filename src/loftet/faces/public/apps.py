from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "loftet.faces.public"
    label = "face_public"
