from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "loftet.faces.opendata"
    label = "face_opendata"
