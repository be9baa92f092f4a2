"""The words of the letter that every affective clinic gets once a term."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

FIRST_HEADING = _("Hej! Vi finns för dem du möter")
FIRST_BODY = _(
    "Vi är en förening för den som lever med bipolär sjukdom, depression eller utmattning, och för "
    "anhöriga. Hos oss finns café, samtalsgrupper och promenader. Man kan komma utan att anmäla "
    "sig, och man behöver inte säga något.\n\n"
    "Vi kommer gärna och berättar på er patientutbildning eller på en arbetsplatsträff. Två av oss "
    "kommer, ofta en med egen erfarenhet och en anhörig.\n\n"
    "Här är broschyrer som ni kan lägga i väntrummet. Vill ni inte ha brev från oss? Säg till, så "
    "slutar vi."
)


@register_setting(icon="mail")
class OutreachSettings(BaseGenericSetting):
    letter_heading = models.CharField(_("brevets rubrik"), max_length=90, default=FIRST_HEADING)
    letter_body = models.TextField(
        _("brevets text"),
        max_length=1800,
        default=FIRST_BODY,
        help_text=_("En tom rad ger ett nytt stycke. Högst en sida."),
    )
    brochures = models.PositiveSmallIntegerField(
        _("broschyrer per brev"), default=10, validators=[MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = _("Terminsbrev till vården")
