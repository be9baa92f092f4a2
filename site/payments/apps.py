from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "payments"
    verbose_name = "Betalningar"

    def ready(self) -> None:
        from payments import personal  # noqa: F401, PLC0415 -- it registers
