from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "loftet.domain.promises"
    verbose_name = "Medborgarlöften"
