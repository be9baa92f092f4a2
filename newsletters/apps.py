from django.apps import AppConfig


class NewslettersConfig(AppConfig):
    name = "newsletters"
    verbose_name = "Nyhetsbrev"

    def ready(self) -> None:
        from newsletters import personal, receivers  # noqa: F401, PLC0415 -- they register themselves
        from newsletters.emails import alarm, letters, second, trial  # noqa: F401, PLC0415
        from newsletters.services import on_person  # noqa: F401, PLC0415
