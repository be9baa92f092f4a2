"""How the office types an activity: Swedish wall time, an address that makes itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm, register_form_field_override
from wagtail.admin.widgets import AdminDateTimeInput, SlugInput

from events.forms.times import WallTimeField
from events.models import Event
from events.models.event import RESERVED_SLUGS

# In the whole admin: a time that does not exist is refused with words that one can act on.
register_form_field_override(
    models.DateTimeField,
    override={"form_class": WallTimeField, "widget": AdminDateTimeInput},
)


# Characters of an address. The column has room for a number behind it.
LONGEST_ADDRESS = 74


def _address(text: str) -> str:
    return slugify(text)[:LONGEST_ADDRESS].strip("-")


class EventForm(WagtailAdminModelForm):
    slug = forms.CharField(
        label=_("Adress"),
        required=False,
        help_text=_("Sista delen av webbadressen. Den skrivs av sig själv efter titeln."),
        widget=SlugInput(attrs={"data-w-slug-allow-unicode-value": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "occasions" in self.formsets:
            times = self.formsets["occasions"]
            times.error_messages["too_few_forms"] = _("Lägg till minst en tid")
            if self.data.get("sign_up") == Event.SignUp.INTEREST:
                times.min_num, times.validate_min = 0, False

    def clean_slug(self) -> str:
        typed = _address(self.cleaned_data["slug"])
        after_title = _address(self.cleaned_data.get("title", "")) or "traff"
        if typed in ("", after_title):
            return self._unused(after_title)
        if Event.objects.exclude(pk=self.instance.pk).filter(slug=typed).exists():
            raise ValidationError(_("Den adressen används redan. Välj en annan."))
        return typed

    def _unused(self, wanted: str) -> str:
        """The same with a number behind when another activity has that address."""
        others = Event.objects.exclude(pk=self.instance.pk)
        taken = set(others.filter(slug__startswith=wanted).values_list("slug", flat=True))
        taken |= RESERVED_SLUGS
        numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in [wanted, *numbered] if slug not in taken)
