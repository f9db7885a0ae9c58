from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "loftet.domain.plans"
    verbose_name = "Planer och åtgärder"

    def ready(self):
        from loftet.domain.plans import queries
        from loftet.domain.records import holdings

        holdings.tell(queries.holdings)
