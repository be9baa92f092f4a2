from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Medlemmar"
    default = True

    def ready(self) -> None:
        from members import emails, personal, receivers  # noqa: F401, PLC0415 -- they register
        from members.services import exporting  # noqa: F401, PLC0415 -- the clock makes its files


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's list of those who log in, with our forms."""

    user_viewset = "members.wagtail_hooks.StaffViewSet"
