from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "loftet.faces.workspace"
    label = "face_workspace"
