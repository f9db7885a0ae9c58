from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "loftet.domain.promises"
    verbose_name = "Medborgarlöften"

    def ready(self):
        from loftet.domain.promises import queries
        from loftet.domain.records import handlings, holdings

        handlings.tell(queries.handlings)
        holdings.tell(queries.holdings)
