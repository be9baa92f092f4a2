from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    name = "volunteers"
    verbose_name = "Volontärer"

    def ready(self) -> None:
        from volunteers import personal, receivers  # noqa: F401, PLC0415 -- they register themselves
