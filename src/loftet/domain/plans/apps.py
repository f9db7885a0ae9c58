from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "loftet.domain.plans"
    verbose_name = "Planer och åtgärder"
