"""Letters to those who have no e-mail: printed and posted by the office."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.membership import Membership
from members.models.person import Person


class PaperLetter(models.Model):
    """One letter that waits to be printed, or was posted. What it says is read from the rows when
    it is printed, so that nobody is asked for what they have paid.

    Reminders about the fee are not here: who is due for one follows from the ladder.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Avgift att betala")
        WELCOME = "welcome", _("Välkommen")
        LEFT = "left", _("Medlemskapet avslutat")

    kind = models.CharField(_("brev"), max_length=10, choices=Kind)
    person = models.ForeignKey(Person, models.CASCADE, related_name="paper_letters")
    membership = models.ForeignKey(Membership, models.CASCADE, null=True, blank=True)
    created_at = models.DateTimeField(_("skrivet"), auto_now_add=True)
    sent_at = models.DateTimeField(_("postat"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("av")
    )

    class Meta:
        verbose_name = _("brev på papper")
        verbose_name_plural = _("brev på papper")
        ordering: ClassVar = ["created_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "membership"], name="each_paper_letter_once_per_membership"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.created_at:%Y-%m-%d}"
