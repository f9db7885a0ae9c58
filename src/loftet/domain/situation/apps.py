from django.apps import AppConfig


class SituationConfig(AppConfig):
    name = "loftet.domain.situation"
    verbose_name = "Problembild"

    def ready(self):
        from loftet.domain.records import holdings
        from loftet.domain.situation import queries

        holdings.tell(queries.holdings)
