from django.apps import AppConfig


class UnderstandingConfig(AppConfig):
    name = "loftet.domain.understanding"
    verbose_name = "Förståelse"
