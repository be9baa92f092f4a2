"""What happened to the places of an activity, line by line. The lines are only added to."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.registration import Registration


class PlaceLine(models.Model):
    """One change of who has a place or waits for one; or of how many places there are.

    The database writes it itself, in the same transaction as the change (the trigger stands in the
    migration `what_happened_to_the_places`), so that no code can forget to, and lets nobody change
    it. There is no name in it: a registration that has been weeded is a number.
    """

    at = models.DateTimeField(_("när"))
    event = models.ForeignKey(
        Event, models.DO_NOTHING, db_constraint=False, verbose_name=_("aktivitet")
    )
    # Empty when the line is about the activity itself.
    registration = models.ForeignKey(
        Registration, models.DO_NOTHING, null=True, db_constraint=False, verbose_name=_("anmälan")
    )
    # The state before; empty when the registration was new here.
    was = models.CharField(max_length=10, blank=True)
    # The state after; LEFT when the registration was moved to another activity.
    state = models.CharField(_("läge"), max_length=10, blank=True)
    why = models.CharField(_("varför"), max_length=12, choices=Registration.Why, blank=True)
    party = models.PositiveSmallIntegerField(null=True)
    queued_at = models.DateTimeField(null=True)
    offered_at = models.DateTimeField(null=True)
    offer_expires_at = models.DateTimeField(null=True)
    offers_unanswered = models.PositiveSmallIntegerField(null=True)
    undo_until = models.DateTimeField(null=True)
    pay_until = models.DateTimeField(null=True)
    passed_over_at = models.DateTimeField(null=True)
    # Of the activity: how many places there are (empty: all fit), and if it is off.
    capacity = models.PositiveIntegerField(null=True)
    off = models.BooleanField(default=False)

    LEFT = "left"

    class Meta:
        verbose_name = _("vad som hände med platserna")
        verbose_name_plural = _("vad som hände med platserna")
        default_permissions = ()
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.was} → {self.state}"
