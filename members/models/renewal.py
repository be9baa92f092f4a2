"""When members are asked to stay, and who has been asked."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.person import Person


class ReminderRule(models.Model):
    """One step of the ladder: so many days from the last day of the membership. Dated and edited
    by the board."""

    class Letter(models.TextChoices):
        ASK = "renew_1", _("Fråga: vill du vara med nästa år?")
        REMIND = "renew_2", _("Påminnelse")
        FAREWELL = "renew_3", _("Tack för den här tiden")

    letter = models.CharField(_("brev"), max_length=20, choices=Letter)
    # From the last day of the membership: negative before it.
    days = models.SmallIntegerField(_("dagar från sista dagen"))
    from_year = models.PositiveSmallIntegerField(_("från år"), default=2026)
    is_on = models.BooleanField(_("används"), default=True)

    class Meta:
        verbose_name = _("påminnelse om avgift")
        verbose_name_plural = _("påminnelser om avgift")
        ordering: ClassVar = ["days"]

    def __str__(self) -> str:
        return f"{self.get_letter_display()} ({self.days:+d})"


class Reminder(models.Model):
    """This person was asked, by this step, about the membership that ends on that day. A step that
    was passed over for a later one is here too, so that it is never sent afterwards."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="reminders")
    rule = models.ForeignKey(ReminderRule, models.PROTECT)
    ends_on = models.DateField(_("medlemskapets sista dag"))
    at = models.DateTimeField(_("när"))
    # Passed over: a later step was due at the same time.
    superseded = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("skickad påminnelse")
        verbose_name_plural = _("skickade påminnelser")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "rule", "ends_on"], name="each_step_once_per_membership"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.ends_on:%Y-%m-%d}"
