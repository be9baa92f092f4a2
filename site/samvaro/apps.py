from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class SamvaroConfig(AppConfig):
    name = "samvaro"
    verbose_name = "Samvaro"

    def ready(self) -> None:
        from samvaro.personal import exempt_the_frame  # noqa: PLC0415
        from samvaro.roles import write_roles  # noqa: PLC0415

        exempt_the_frame()

        # After the last app, when every app's permissions are there to be given.
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(write_roles, sender=last, dispatch_uid="write_roles")
