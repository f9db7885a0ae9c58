from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "loftet.faces.shared"
    label = "face_shared"
