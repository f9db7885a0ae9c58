from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "loftet.domain.places"
    verbose_name = "Platser"
