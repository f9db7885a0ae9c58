from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "loftet.domain.indicators"
    verbose_name = "Mått"
