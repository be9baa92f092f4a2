from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "payments"
    verbose_name = "Betalningar"

    def ready(self) -> None:
        from payments import emails, personal  # noqa: F401, PLC0415 -- they register
        from payments.services import listing  # noqa: F401, PLC0415 -- the clock makes its files
