from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = "Integritet"

    def ready(self) -> None:
        from privacy import personal  # noqa: F401, PLC0415 -- it registers itself
