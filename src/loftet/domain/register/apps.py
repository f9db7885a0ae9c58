from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "loftet.domain.register"
    verbose_name = "Löftesboken"
