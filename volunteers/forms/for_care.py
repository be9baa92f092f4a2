"""What somebody who works with people fills in: a visit, brochures, and three questions after."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.forms import PersonForm, TimedForm
from volunteers.forms.interest import LongTextField, PhoneField
from volunteers.forms.nameless import NamelessForm, text_box
from volunteers.models import Evaluation, LectureBooking

_POSTCODE = re.compile(r"\d{5}")


class _RequestForm(TimedForm, PersonForm):
    purpose = "for-care"

    host = forms.CharField(
        label=_("Var arbetar du?"),
        max_length=120,
        help_text=_("Mottagning, skola eller arbetsplats"),
        error_messages={"required": _("Skriv var du arbetar")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    phone = PhoneField(label=_("Telefon (valfritt)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = ""
        self.fields["email"].help_text = _("Hit skickar vi vårt svar")

    def clean_host(self) -> str:
        return " ".join(self.cleaned_data["host"].split())

    @property
    def typed(self) -> dict[str, Any]:
        """Everything but the press and the yes."""
        others = ("submission", "website", "opened", "consent")
        return {name: value for name, value in self.cleaned_data.items() if name not in others}


class LectureForm(_RequestForm):
    audience = forms.ChoiceField(
        label=_("Vilka lyssnar? (valfritt)"),
        choices=LectureBooking.Audience.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    expected = forms.IntegerField(
        label=_("Ungefär hur många? (valfritt)"),
        required=False,
        min_value=1,
        max_value=5000,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Skriv antalet med siffror, till exempel 15")
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    wished_time = forms.CharField(
        label=_("När passar det? (valfritt)"),
        max_length=120,
        required=False,
        help_text=_("Till exempel: en tisdag i mars, efter lunch"),
    )
    message = LongTextField(
        label=_("Vill du berätta mer? (valfritt)"),
        help_text=_("Skriv inget om enskilda personer"),
        widget=text_box(),
    )

    field_order = (
        "host", "audience", "expected", "wished_time", "message", "name", "email", "phone",
    )  # fmt: skip


class BrochureForm(_RequestForm):
    copies = forms.IntegerField(
        label=_("Hur många broschyrer?"),
        min_value=1,
        max_value=500,
        initial=20,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Skriv ett antal mellan 1 och 500"),
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    street = forms.CharField(
        label=_("Gata eller box"),
        max_length=120,
        error_messages={"required": _("Skriv er gata eller box")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Postnummer"),
        max_length=12,
        error_messages={"required": _("Skriv fem siffror, till exempel 126 53")},
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    town = forms.CharField(
        label=_("Ort"),
        max_length=60,
        error_messages={"required": _("Skriv er ort")},
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )

    field_order = ("copies", "host", "street", "postcode", "town", "name", "email", "phone")

    def clean_postcode(self) -> str:
        digits = re.sub(r"[\s\u00a0–-]|^[sS][eE]?", "", self.cleaned_data["postcode"])
        if not _POSTCODE.fullmatch(digits):
            raise forms.ValidationError(_("Skriv fem siffror, till exempel 126 53"))
        return f"{digits[:3]} {digits[3:]}"


def _scale(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=Evaluation.Scale.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett svar")},
    )


class QuestionsForm(NamelessForm):
    """Three questions. No name, no address, and no yes, since nobody is known by it."""

    useful = _scale(_("Hade du nytta av besöket?"))
    clear = _scale(_("Var det lätt att förstå?"))
    missed = LongTextField(
        label=_("Var det något som saknades? (valfritt)"),
        help_text=_("Skriv inte om dig själv eller någon annan"),
        widget=text_box(),
    )
