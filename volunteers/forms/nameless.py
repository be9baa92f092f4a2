"""Forms that know nobody who fills them in."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def text_box() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": "4"})


class NamelessForm(forms.Form):
    """A form that knows nobody: the press has a number, and a trap for robots."""

    use_required_attribute = False

    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)
    website = forms.CharField(required=False, max_length=200, label=_("Lämna den här rutan tom"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("submission", uuid.uuid4())

    def clean_submission(self) -> uuid.UUID:
        return self.cleaned_data.get("submission") or uuid.uuid4()

    def clean_website(self) -> str:
        if self.cleaned_data.get("website"):
            raise forms.ValidationError(
                _("Lämna den här rutan tom, så vet vi att du inte är en robot")
            )
        return ""
