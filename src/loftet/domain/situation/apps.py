from django.apps import AppConfig


class SituationConfig(AppConfig):
    name = "loftet.domain.situation"
    verbose_name = "Problembild"
