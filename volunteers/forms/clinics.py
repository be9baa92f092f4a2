"""What the office types about clinics and those who work there."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteers.forms.office import (
    DAY,
    ONLY_WHAT_IS_NEEDED,
    OfficeForm,
    OfficeModelForm,
    text_area,
)
from volunteers.models import Clinic, ClinicContact, Touch


class ClinicForm(OfficeModelForm):
    class Meta:
        model = Clinic
        fields = (
            "name", "kind", "organisation", "street", "postcode", "town", "no_letters_since",
            "closed_on",
        )  # fmt: skip
        widgets: ClassVar = {"no_letters_since": DAY, "closed_on": DAY}


class ContactForm(OfficeModelForm):
    class Meta:
        model = ClinicContact
        fields = ("name", "role", "email", "phone")

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not any(self.cleaned_data.get(name) for name in ("name", "role")):
            self.add_error("name", _("Skriv ett namn eller en roll"))
        return self.cleaned_data


class TouchForm(OfficeForm):
    on = forms.DateField(label=_("När"), widget=DAY, initial=timezone.localdate)
    channel = forms.ChoiceField(
        label=_("Hur"),
        choices=[one for one in Touch.Channel.choices if one[0] != Touch.Channel.LETTER],
    )
    note = forms.CharField(
        label=_("Anteckning"),
        widget=text_area(),
        max_length=1000,
        required=False,
        help_text=ONLY_WHAT_IS_NEEDED,
    )
    next_step = forms.CharField(
        label=_("Nästa steg"),
        max_length=120,
        required=False,
        help_text=_("Lämna tomt om inget mer ska göras."),
    )
    due_on = forms.DateField(label=_("Senast"), widget=DAY, required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        step, day = self.cleaned_data.get("next_step"), self.cleaned_data.get("due_on")
        if step and not day and "due_on" not in self.errors:
            self.add_error("due_on", _("Välj en dag för nästa steg"))
        if day and not step:
            self.add_error("next_step", _("Skriv vad som ska göras den dagen"))
        if day and day < timezone.localdate() - timedelta(days=1):
            self.add_error("due_on", _("Den dagen har redan varit"))
        return self.cleaned_data
