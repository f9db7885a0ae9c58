from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    name = "loftet.domain.dialogues"
    verbose_name = "Dialoger"
