"""Who follows up, and how long somebody may wait. Decided by the board, changed in the admin."""

from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


def _days(label: Any, default: int, help_text: Any = "") -> Any:
    at_least_one = [MinValueValidator(1)]
    return models.PositiveSmallIntegerField(
        label, default=default, validators=at_least_one, help_text=help_text
    )


@register_setting(icon="group")
class VolunteerSettings(BaseGenericSetting):
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("volontärsamordnare"),
        help_text=_("Den som får nya intresseanmälningar."),
    )
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ordförande"),
        help_text=_("Tar över när ingen annan kan, och får veta när någon har väntat för länge."),
    )
    answer_within = _days(
        _("första kontakt inom"), 3, _("Arbetsdagar. Det är dagen vi lovar den som anmäler sig.")
    )
    talk_within = _days(_("samtal bokat inom"), 14, _("Dagar från första kontakten."))
    decide_within = _days(_("besked inom"), 7, _("Dagar efter samtalet."))
    introduce_within = _days(_("introduktion klar inom"), 28, _("Dagar."))
    check_in_after = _days(_("första avstämning efter"), 30, _("Dagar som aktiv."))
    check_in_every = _days(_("sedan avstämning var"), 120, _("Dagar. En termin är ungefär 120."))
    ask_again_after = _days(_("fråga den som vilar i kön efter"), 120, _("Dagar."))
    ask_paused_after = _days(_("fråga den som har pausat efter"), 90, _("Dagar."))

    class Meta:
        verbose_name = _("Volontärer")
