from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "loftet.domain.records"
    verbose_name = "Handlingar"
