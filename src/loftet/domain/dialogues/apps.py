from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    name = "loftet.domain.dialogues"
    verbose_name = "Dialoger"

    def ready(self):
        from loftet.domain.dialogues import keeping, queries
        from loftet.domain.records import disclosing, handlings, holdings, weedables

        disclosing.tell(keeping.disclosable)
        handlings.tell(keeping.handlings)
        holdings.tell(queries.holdings)
        weedables.tell(keeping.weedables)
