from django.apps import AppConfig


class UnderstandingConfig(AppConfig):
    name = "loftet.domain.understanding"
    verbose_name = "Förståelse"

    def ready(self):
        from loftet.domain.records import holdings, weedables
        from loftet.domain.understanding import queries

        holdings.tell(queries.holdings)
        weedables.tell(queries.weedables)
