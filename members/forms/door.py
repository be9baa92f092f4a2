"""The forms of the door. What is typed is forgiven its spaces and dashes."""

import unicodedata
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from members.adapter import WRONG_CODE
from members.services import end_sessions
from privacy.addresses import tidy_email
from privacy.forms import EmailField

# A code from an app is good for its own half minute and one on each side; it opens once, in seconds.
APP_CODE_LIVES = 120


class CodeField(forms.CharField):
    """Digits from a letter or a phone, forgiven everything between them."""

    widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    )

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Kod"))
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("error_messages", {"required": _("Skriv koden")})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        typed = unicodedata.normalize("NFKC", str(value or ""))
        return "".join(sign for sign in typed if sign.isalnum())


class LoginForm(forms.Form):
    use_required_attribute = False

    email = EmailField()


class LoginCodeForm(forms.Form):
    WRONG = _("Koden stämmer inte. Försök igen eller be om en ny")
    use_required_attribute = False

    code = CodeField(help_text=_("Sex siffror från mejlet"))


class _AppCode(forms.Form):
    """What the pages that ask for the second factor share."""

    use_required_attribute = False
    user: Any

    def clean_code(self) -> str:
        code = str(super().clean_code())  # type: ignore[misc]  # allauth's forms have it
        if not cache.add(f"factor-used:{self.user.pk}:{code}", 1, APP_CODE_LIVES):
            raise forms.ValidationError(WRONG_CODE, code="incorrect_code")
        return code


class FactorForm(_AppCode, AuthenticateForm):
    code = CodeField(help_text=_("Sex siffror från appen, eller en av dina reservkoder"))


class FactorAgainForm(_AppCode, ReauthenticateForm):
    code = CodeField(help_text=_("Sex siffror från appen, eller en av dina reservkoder"))


class AppForm(ActivateTOTPForm):
    use_required_attribute = False

    code = CodeField(help_text=_("Sex siffror som appen visar"))


class PasskeyForm(AddWebAuthnForm):
    use_required_attribute = False

    name = forms.CharField(
        label=_("Namn på nyckeln"),
        max_length=60,
        required=False,
        help_text=_("Till exempel: Min telefon"),
    )


class PasskeyNameForm(EditWebAuthnForm):
    use_required_attribute = False

    name = forms.CharField(
        label=_("Namn på nyckeln"),
        max_length=60,
        error_messages={"required": _("Skriv ett namn")},
    )


class _StaffForm(forms.ModelForm):
    """Wagtail's form for somebody who works here: an address, a name and roles, no password."""

    def clean_email(self) -> str:
        return tidy_email(self.cleaned_data["email"]).lower()


class NewStaffForm(_StaffForm, UserCreationForm):
    pass


class StaffForm(_StaffForm, UserEditForm):
    def save(self, commit: bool = True) -> Any:
        user = super().save(commit)
        if commit and {"email", "is_active", "is_superuser"} & set(self.changed_data):
            # A new mailbox or less power: what was open under the old ones is closed.
            end_sessions(user)
        return user
