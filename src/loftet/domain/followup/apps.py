from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "loftet.domain.followup"
    verbose_name = "Uppföljning"

    def ready(self):
        from loftet.domain.followup import queries
        from loftet.domain.records import holdings

        holdings.tell(queries.holdings)
