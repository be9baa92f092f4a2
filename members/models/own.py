"""What somebody asks to have changed about themselves, and has not proven yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.person import Person


class EmailChange(models.Model):
    """Somebody asked on Mina sidor to have their letters sent to another mailbox. Nothing changes
    until that mailbox has answered."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="email_changes")
    email = models.EmailField(_("ny e-post"))
    email_key = models.CharField(max_length=254, db_index=True)
    asked_at = models.DateTimeField(_("bad om det"), auto_now_add=True)
    done_at = models.DateTimeField(_("bytt"), null=True, blank=True)

    class Meta:
        verbose_name = _("byte av e-post")
        verbose_name_plural = _("byten av e-post")

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
