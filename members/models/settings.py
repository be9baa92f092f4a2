"""How membership works here. Decided by the board, changed in the admin."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="group")
class MembershipSettings(BaseGenericSetting):
    late_month = models.PositiveSmallIntegerField(
        _("den som går med från och med månad"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("är medlem direkt och hela nästa år. 10 är oktober."),
    )
    renew_until_month = models.PositiveSmallIntegerField(
        _("länken för att förnya gäller till och med månad"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("3 är den 31 mars."),
    )
    asks_for_grants = models.BooleanField(
        _("fråga nya medlemmar om födelseår, kön och kommun"),
        default=True,
        help_text=_("Frågorna är frivilliga och kommer efter betalningen."),
    )

    class Meta:
        verbose_name = _("Medlemskap")
