from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "loftet.domain.parties"
    verbose_name = "Parter"
