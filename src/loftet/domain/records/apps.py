from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "loftet.domain.records"
    verbose_name = "Handlingar"

    def ready(self):
        from loftet.domain.records import holdings, queries

        holdings.tell(queries.holdings)
