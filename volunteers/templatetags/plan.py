"""Days of the plan as a tired person reads them: "i dag", "i morgon", "torsdag 3 december"."""

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mail.templatetags.dates import day_short

register = template.Library()


@register.filter
def by_day(day: date) -> str:
    """By when: a word for the nearest days, the date for others."""
    near = {-1: _("i går"), 0: _("i dag"), 1: _("i morgon")}
    return near.get((day - timezone.localdate()).days) or day_short(day)


@register.filter
def waited(since: datetime) -> str:
    """For how long somebody has waited, in whole days."""
    days = max((timezone.localdate() - timezone.localdate(since)) // timedelta(days=1), 0)
    return ngettext("%d dag", "%d dagar", days) % days
