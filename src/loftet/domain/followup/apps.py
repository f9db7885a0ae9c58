from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "loftet.domain.followup"
    verbose_name = "Uppföljning"
