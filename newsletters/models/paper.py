"""One copy of an issue on paper, for somebody in the register."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import Person
from newsletters.models.issue import Issue


class PaperCopy(models.Model):
    """Frozen with the yes, as the copies by mail are. Whoever has one gets no mail of that issue.

    Those who live together get one envelope; each still has a row.
    """

    class Why(models.TextChoices):
        CHOSEN = "chosen", _("har valt papper")
        NO_MAIL = "no_mail", _("har ingen e-post")
        BOUNCED = "bounced", _("e-posten kommer tillbaka")

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="papers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="issues_on_paper")
    # The code on the paper is made of it; nothing here can be typed to be somebody.
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code_hash = models.CharField(max_length=64, unique=True)
    why = models.CharField(_("varför"), max_length=10, choices=Why)
    made_at = models.DateTimeField(_("skrivet"), auto_now_add=True)
    posted_at = models.DateTimeField(_("postat"), null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("av")
    )

    class Meta:
        verbose_name = _("nyhetsbrev på papper")
        verbose_name_plural = _("nyhetsbrev på papper")
        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue", "person"], name="one_paper_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.get_why_display()} {self.made_at:%Y-%m-%d}"
