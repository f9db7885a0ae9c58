from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "loftet.domain.journal"
    verbose_name = "Journal"
