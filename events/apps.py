from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Aktiviteter"

    def ready(self) -> None:
        from events import personal, receivers  # noqa: F401, PLC0415 -- they register themselves
        from events.emails import evening  # noqa: F401, PLC0415 -- so do its letters
