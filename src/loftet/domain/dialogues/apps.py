from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    name = "loftet.domain.dialogues"
    verbose_name = "Dialoger"

    def ready(self):
        from loftet.domain.dialogues import queries
        from loftet.domain.records import holdings

        holdings.tell(queries.holdings)
