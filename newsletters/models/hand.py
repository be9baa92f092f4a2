"""Whose hands a letter has gone through before it leaves."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsletters.models.issue import Issue


class Hand(models.Model):
    """One person and one letter. Who has written in it is not the one who looks at it for the
    others: a person has one row, and the database sees to it.

    A second look is at what was written then (`mark`, Issue.whole_mark); a change ends it.
    """

    class Part(models.TextChoices):
        WROTE = "wrote", _("skrev")
        SECOND = "second", _("godkände")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="hands")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part)
    mark = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("den som har skrivit eller godkänt")
        verbose_name_plural = _("de som har skrivit eller godkänt")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue", "user"], name="a_writer_is_no_second"),
            models.CheckConstraint(
                name="a_second_look_is_at_something", condition=~Q(part="second") | ~Q(mark="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.at:%Y-%m-%d %H:%M}"
