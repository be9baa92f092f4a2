"""What the forms of the office share: plain fields that a phone knows, and words that help."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
# Free text of the office (ux.md 2g).
ONLY_WHAT_IS_NEEDED = gettext_lazy("Skriv bara det som behövs. Inget om någons hälsa.")


def text_area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class _Friendly:
    """A field that is empty is named, and nobody is told that they did wrong."""

    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            words = {"field": str(field.label).lower()}
            field.error_messages["required"] = _("Fyll i %(field)s") % words
            field.error_messages["invalid_choice"] = _("Välj %(field)s i listan") % words
            if isinstance(field, forms.DateTimeField):
                field.error_messages["invalid"] = _("Skriv dag och tid så här: 2026-12-10 17:00")
            elif isinstance(field, forms.DateField):
                field.error_messages["invalid"] = _("Skriv dagen så här: 2026-12-10")
            elif isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = _("Skriv e-post så här: namn@exempel.se")


class OfficeForm(_Friendly, forms.Form):
    pass


class OfficeModelForm(_Friendly, forms.ModelForm):
    pass
