"""How the office types an activity: Swedish wall time, an address that makes itself."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm, register_form_field_override
from wagtail.admin.widgets import AdminDateTimeInput, SlugInput

from events.models import Event
from events.models.event import RESERVED_SLUGS


class WallTimeField(forms.DateTimeField):
    """What the clock on the wall shows, in Sweden.

    One night in spring has no hour between two and three, and one in autumn has it twice.
    """

    default_error_messages = {  # noqa: RUF012 -- as Django declares it
        "invalid": _("Skriv dag och tid så här: 2026-12-10 17:00"),
        "no_such_time": _("Den tiden finns inte, för klockan ställs fram då. Välj en annan tid."),
        "two_such_times": _(
            "Den tiden kommer två gånger, för klockan ställs om. Välj en annan tid."
        ),
    }

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if getattr(error, "code", "") != "ambiguous_timezone":
                raise
            typed = error.params["datetime"] if error.params else None
            raise ValidationError(self.error_messages[_what_is_wrong(typed)]) from error


def _what_is_wrong(typed: Any) -> str:
    """Turned back, the clock shows an hour twice, and the first is further ahead of UTC."""
    zone = timezone.get_current_timezone()
    early, late = (typed.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return "two_such_times" if early > late else "no_such_time"


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
            self.formsets["occasions"].error_messages["too_few_forms"] = _("Lägg till minst en tid")

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
