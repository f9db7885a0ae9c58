from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "loftet.domain.signing"
    verbose_name = "Underskrift"
