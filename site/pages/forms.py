"""Shape and wording of what visitors type into the site itself."""

from typing import ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Person
from pages.theme import IMAGES_OFF, Look
from privacy.forms import EmailField

# Nobody here is older, in years.
OLDEST = 120


class AppearanceForm(forms.Form):
    """/anpassa/: three questions, each with the standard first."""

    use_required_attribute = False

    theme = forms.ChoiceField(
        label=_("Utseende"),
        required=False,
        choices=[
            ("", _("Följ min telefon")),
            ("ljus", _("Ljust")),
            ("mork", _("Mörkt")),
            ("lugn", _("Lugnt")),
        ],
        widget=forms.RadioSelect,
    )
    text_size = forms.ChoiceField(
        label=_("Textstorlek"),
        required=False,
        choices=[("", _("Vanlig")), ("storre", _("Större")), ("storst", _("Störst"))],
        widget=forms.RadioSelect,
    )
    images = forms.ChoiceField(
        label=_("Bilder"),
        required=False,
        choices=[("", _("Visa")), (IMAGES_OFF, _("Dölj"))],
        widget=forms.RadioSelect,
    )

    @property
    def look(self) -> Look:
        """What was chosen, once the form is valid."""
        chosen = self.cleaned_data
        return Look(chosen["theme"], chosen["text_size"], chosen["images"] == IMAGES_OFF)


class NewEmailForm(forms.Form):
    use_required_attribute = False

    email = EmailField(label=_("Ny e-post"))


class OwnDataForm(forms.ModelForm):
    """/mina-sidor/uppgifter/andra/: what one may change by oneself. The address that one logs in
    with is changed by a letter to the new one (NewEmailForm)."""

    use_required_attribute = False

    class Meta:
        model = Person
        fields = (
            "first_name", "last_name", "phone", "care_of", "street", "postcode", "town",
            "municipality", "birth_year", "gender", "wants_paper",
        )  # fmt: skip
        error_messages: ClassVar = {"first_name": {"required": _("Skriv ditt förnamn")}}
        labels: ClassVar = {"wants_paper": _("Jag vill ha medlemstidningen på papper")}
        help_texts: ClassVar = {
            "birth_year": _("Du väljer själv. Fyra siffror, som 1975."),
            "municipality": _("Du väljer själv. Det hjälper oss att söka bidrag."),
        }
        widgets: ClassVar = {
            "gender": forms.RadioSelect,
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "street": forms.TextInput(attrs={"autocomplete": "street-address"}),
            "postcode": forms.TextInput(
                attrs={"autocomplete": "postal-code", "inputmode": "numeric"}
            ),
            "town": forms.TextInput(attrs={"autocomplete": "address-level2"}),
            "birth_year": forms.TextInput(attrs={"inputmode": "numeric"}),
        }

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        now = timezone.localdate().year
        if year is not None and not now - OLDEST <= year <= now:
            raise forms.ValidationError(_("Skriv året med fyra siffror, som 1975"))
        return year

    def _post_clean(self) -> None:
        """Nothing: the service writes, and what is protected is never put in the open columns."""


class UnderstoodForm(forms.Form):
    use_required_attribute = False

    understood = forms.BooleanField(
        label=_("Jag förstår"),
        error_messages={"required": _("Kryssa i rutan om du vill radera dina uppgifter")},
    )
