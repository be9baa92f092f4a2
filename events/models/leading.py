"""Who leads an activity."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Leader(models.Model):
    """One who leads an activity. Read anew with every request: who is taken away loses the page.

    Not a part of the activity's revisions: publishing an old draft brings nobody back.
    """

    event = models.ForeignKey(
        "events.Event", models.CASCADE, related_name="leaders", verbose_name=_("aktivitet")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="leading", verbose_name=_("ledare")
    )
    since = models.DateTimeField(_("ledare sedan"), auto_now_add=True)

    class Meta:
        verbose_name = _("ledare")
        verbose_name_plural = _("ledare")
        ordering: ClassVar = ["since", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "user"], name="one_leads_an_activity_once")
        ]

    def __str__(self) -> str:
        return str(self.user)
