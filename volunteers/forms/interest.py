"""The form of somebody who wants to help. Two fields and a yes; the rest may stay empty."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from privacy.forms import PersonForm, TimedForm
from volunteers.models import Lead, Role

# What one ticks who does not know yet. No role has this address.
UNSURE = "vet-inte"
LONGEST_TEXT = 1000
LONGEST_TIME = 200
_PHONE = re.compile(r"\+?\d{6,15}")
_BETWEEN = re.compile(r"[\s\-–/().\u00a0\u2011]")


class PhoneField(forms.CharField):
    """A telephone number as people write it: it is kept as it was typed."""

    widget = forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Mobil (valfritt)"))
        kwargs.setdefault("max_length", 30)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").split()).strip(".,")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not _PHONE.fullmatch(_BETWEEN.sub("", value)):
            raise forms.ValidationError(
                _("Det ser inte ut som ett telefonnummer. Skriv till exempel 070-123 45 67")
            )


class LongTextField(forms.CharField):
    """Free text that says how much too long it is, in letters."""

    def __init__(self, *, longest: int = LONGEST_TEXT, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(required=False, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if (over := len(value) - self.longest) > 0:
            text = ngettext(
                "Texten är för lång. Ta bort %d tecken",
                "Texten är för lång. Ta bort %d tecken",
                over,
            )
            raise forms.ValidationError(text % over)


class WishesFields(forms.Form):
    """What somebody wants and how to reach them. Also what they may change later."""

    use_required_attribute = False

    interests = forms.MultipleChoiceField(
        label=_("Vad lockar dig? (valfritt)"), required=False, widget=forms.CheckboxSelectMultiple
    )
    pace = forms.ChoiceField(
        label=_("Hur mycket orkar du? (valfritt)"),
        required=False,
        choices=Lead.Pace.choices,
        widget=forms.RadioSelect,
    )
    contact_by = forms.ChoiceField(
        label=_("Hur vill du att vi hör av oss?"),
        required=False,
        choices=Lead.ContactBy.choices,
        widget=forms.RadioSelect,
    )
    phone = PhoneField(
        required=False, help_text=_("Bara om du vill att vi ringer eller skickar sms")
    )
    good_time = LongTextField(
        label=_("När passar det? (valfritt)"),
        longest=LONGEST_TIME,
        help_text=_("Till exempel: vardagar efter lunch"),
    )
    message = LongTextField(
        label=_("Vill du berätta mer? (valfritt)"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Skriv inte om diagnos eller mediciner"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Also those that are no longer offered, for who chose one earlier.
        self.roles = {role.slug: role for role in self._roles()}
        choices = [(slug, role.name) for slug, role in self.roles.items()]
        self.fields["interests"].choices = [*choices, (UNSURE, _("Vet inte än"))]  # type: ignore[attr-defined]  # it has choices

    def _roles(self) -> list[Role]:
        chosen = set(self.initial.get("interests") or []) if hasattr(self, "initial") else set()
        return [role for role in Role.objects.all() if role.is_offered or role.slug in chosen]

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        by = self.cleaned_data.get("contact_by") or Lead.ContactBy.EMAIL
        self.cleaned_data["contact_by"] = by
        if by != Lead.ContactBy.EMAIL and not (
            self.cleaned_data.get("phone") or "phone" in self.errors
        ):
            self.add_error("phone", _("Skriv ditt nummer, så att vi kan nå dig"))
        return self.cleaned_data

    @property
    def wishes(self) -> dict[str, Any]:
        """What the service is told."""
        data = self.cleaned_data
        chosen = data["interests"]
        return {
            "interests": [self.roles[slug] for slug in chosen if slug in self.roles],
            "is_unsure": UNSURE in chosen,
            "pace": data["pace"],
            "contact_by": data["contact_by"],
            "phone": data["phone"],
            "good_time": data["good_time"],
            "message": data["message"],
        }


class InterestForm(WishesFields, TimedForm, PersonForm):
    """At /engagera-dig/anmalan/."""

    purpose = "volunteers"
    field_order = (
        "submission", "website", "name", "email", "interests", "pace", "contact_by", "phone",
        "good_time", "message", "consent",
    )  # fmt: skip


class ChangeForm(WishesFields):
    """What somebody changes by the link in the letter."""

    name = forms.CharField(
        label=_("Namn"),
        max_length=80,
        error_messages={"required": _("Skriv ditt namn")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name",)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())
