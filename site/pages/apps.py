from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "Webbplatsen"

    def ready(self) -> None:
        from pages import emails, receivers  # noqa: F401, PLC0415 -- they register themselves
