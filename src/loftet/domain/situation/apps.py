from django.apps import AppConfig


class SituationConfig(AppConfig):
    name = "loftet.domain.situation"
    verbose_name = "Problembild"

    def ready(self):
        from loftet.domain.records import handlings, holdings
        from loftet.domain.situation import queries

        handlings.tell(queries.handlings)
        holdings.tell(queries.holdings)
