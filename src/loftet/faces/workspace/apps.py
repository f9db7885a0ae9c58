from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "loftet.faces.workspace"
    label = "face_workspace"

    def ready(self):
        from loftet.domain.records import printing
        from loftet.faces.workspace.records import readings

        printing.tell(readings.reading)
