from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "loftet.domain.signing"
    verbose_name = "Underskrift"

    def ready(self):
        from loftet.domain.records import holdings
        from loftet.domain.signing import withholding

        holdings.tell(withholding.holdings)
