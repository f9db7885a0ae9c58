from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "loftet.domain.people"
    verbose_name = "Personal"
