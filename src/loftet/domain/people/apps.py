from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "loftet.domain.people"
    verbose_name = "Personal"

    def ready(self) -> None:
        """Hear from the sign-in library when somebody's second step comes or goes."""
        from allauth.mfa import signals

        from loftet.domain.people import listening

        signals.authenticator_added.connect(listening.added, dispatch_uid="people.second_factor_added")
        signals.authenticator_removed.connect(listening.removed, dispatch_uid="people.second_factor_removed")
