"""The shape and wording of what people type about activities."""

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.forms import EmailField, PersonForm


class SignUpForm(PersonForm):
    """Two fields and a yes: a place, or a place in the queue."""

    purpose = "events"


class OfficeSignUpForm(forms.Form):
    """Somebody who phoned: the office types it for them."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Namn"), max_length=80, error_messages={"required": _("Skriv ett namn")}
    )
    email = EmailField(
        label=_("E-post (valfritt)"),
        required=False,
        help_text=_("Utan e-post får personen inga brev. Då behöver ni ringa."),
    )
    phone = forms.CharField(label=_("Telefon (valfritt)"), max_length=30, required=False)
    consent = forms.BooleanField(
        label=_("Personen har sagt ja till att vi sparar uppgifterna"),
        error_messages={"required": _("Fråga om vi får spara uppgifterna, och kryssa i")},
    )

    def clean(self) -> None:
        super().clean()
        reachable = self.cleaned_data.get("email") or self.cleaned_data.get("phone")
        if not reachable and "email" not in self.errors:
            self.add_error("phone", _("Skriv e-post eller telefon, så att vi når personen"))
