from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "loftet.domain.plans"
    verbose_name = "Planer och åtgärder"

    def ready(self):
        from loftet.domain.plans import queries
        from loftet.domain.records import handlings, holdings

        handlings.tell(queries.handlings)
        holdings.tell(queries.holdings)
