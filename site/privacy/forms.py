"""What every public form shares: the yes, the number of the press, the forgiving fields."""

import time
import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from privacy.addresses import tidy_email
from privacy.models import ConsentText
from privacy.services import as_shown, current_text

_signer = Signer(salt="privacy.opened")

EMAIL_EXAMPLE = _("Skriv din e-post så här: namn@exempel.se")


class EmailField(forms.CharField):
    """An address, forgiven its spaces, its capitals and the full stop after it."""

    widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("E-post"))
        kwargs.setdefault("max_length", 254)
        kwargs.setdefault("error_messages", {"required": _("Skriv din e-post")})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return tidy_email(str(value or ""))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            EmailValidator(message=EMAIL_EXAMPLE)(value)


class PublicForm(forms.Form):
    """A form that anyone may fill in. `purpose` names the words of the yes (ConsentText)."""

    use_required_attribute = False
    purpose = ""

    # The number of this press: sent twice, it is the same deed.
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # A field that people never see. Robots fill in everything.
    website = forms.CharField(required=False, max_length=200, label=_("Lämna den här rutan tom"))
    consent = forms.BooleanField(
        error_messages={"required": _("Kryssa i rutan om vi får spara dina uppgifter")}
    )

    def __init__(
        self, *args: Any, association: Any, words: ConsentText | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.association = association
        if not self.is_bound:
            self.initial.setdefault("submission", uuid.uuid4())
        self.consent_text = words or current_text(self.purpose)
        label, explanation = as_shown(self.consent_text, association=association.short_name)
        self.fields["consent"].label = label
        self.fields["consent"].help_text = explanation
        # The yes is always asked for last.
        self.order_fields([name for name in self.fields if name != "consent"] + ["consent"])

    def clean_submission(self) -> uuid.UUID:
        return self.cleaned_data.get("submission") or uuid.uuid4()

    def clean_website(self) -> str:
        if self.cleaned_data.get("website"):
            raise forms.ValidationError(
                _("Lämna den här rutan tom, så vet vi att du inte är en robot")
            )
        return ""


class PersonForm(PublicForm):
    """Name and address: all that a visitor is asked for."""

    name = forms.CharField(
        label=_("Namn"),
        max_length=80,
        help_text=_("Förnamn räcker"),
        error_messages={"required": _("Skriv ditt namn")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailField(help_text=_("Hit skickar vi din bekräftelse"))

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class TimedForm(forms.Form):
    """A trap for robots: nobody reads a form and fills it in within a second.

    A press that does not say when the page was opened counts as any other.
    """

    # Signed seconds. Kept when the form is shown again, so that the second press is in time.
    opened = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial["opened"] = _signer.sign(str(time.time()))

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        if not self.errors and self._was_too_fast():
            self.add_error(
                None,
                _("Det gick väldigt fort. Tryck en gång till, så vet vi att du inte är en robot"),
            )
        return self.cleaned_data

    def _was_too_fast(self) -> bool:
        try:
            opened = float(_signer.unsign(self.cleaned_data["opened"]))
        except (BadSignature, ValueError):
            return False
        return time.time() - opened < settings.FORM_FASTEST
