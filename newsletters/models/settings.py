"""What the board decides about the newsletter."""

from typing import ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from privacy.fields import EncryptedTextField


@register_setting(icon="mail")
class NewsletterSettings(BaseGenericSetting):
    members_without_choice = models.BooleanField(
        _("medlemmar som inte har valt får brevet"),
        default=True,
        help_text=_("Gäller dem som fanns i registret före sidan. De kan alltid säga nej."),
    )
    weekly_budget = models.PositiveSmallIntegerField(
        _("högst så många brev i veckan till samma person"),
        default=2,
        validators=[MinValueValidator(1)],
        help_text=_("Kallelser räknas inte."),
    )
    two_persons = models.BooleanField(
        _("en till behöver godkänna brevet"),
        default=False,
        help_text=_("Den som har skrivit i brevet kan då inte godkänna det själv."),
    )
    most_soft = models.PositiveSmallIntegerField(
        _("brev i rad som inte når fram innan vi slutar skriva"),
        default=3,
        validators=[MinValueValidator(1)],
        help_text=_("Gäller brevlådor som är fulla. En adress som inte finns spärras direkt."),
    )
    automatic = models.BooleanField(
        _("månadsbrev och brev om nya träffar går av sig själva"),
        default=True,
        help_text=_("Till dem som har valt det. Där står bara sådant som redan syns på webben."),
    )
    dkim_selector = models.CharField(
        _("DKIM-nyckelns namn (selector)"),
        max_length=60,
        blank=True,
        validators=[RegexValidator(r"^[A-Za-z0-9._-]+$", _("Bara bokstäver, siffror och streck."))],
        help_text=_("Står hos den som sköter er e-post. Behövs för sidan Avsändaren."),
    )
    # Which database said so: a copy of it that was read in elsewhere makes no letters by itself.
    home = models.CharField(max_length=60, blank=True, editable=False)
    # Makes the hashes of those who must not be written to unreadable to who has only the database.
    pepper = EncryptedTextField(blank=True, editable=False)

    panels: ClassVar = [
        FieldPanel("members_without_choice"),
        FieldPanel("weekly_budget"),
        FieldPanel("most_soft"),
        FieldPanel("two_persons"),
        FieldPanel("automatic"),
        FieldPanel("dkim_selector"),
    ]

    class Meta:
        verbose_name = _("Nyhetsbrev")
