from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "mail"
    verbose_name = "Brev"

    def ready(self) -> None:
        from mail import personal, receivers  # noqa: F401, PLC0415 -- they register themselves
