"""What the office writes about a person."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Person
from privacy.forms import EmailField

OLDEST = 120


class PersonForm(forms.ModelForm):
    use_required_attribute = False

    email = EmailField(
        required=False, help_text=_("Lämna tom för den som inte har e-post. Då blir det brev.")
    )
    household_label = forms.CharField(
        label=_("Namn på kuvertet"),
        max_length=120,
        required=False,
        help_text=_("För ett hushåll. Till exempel: Familjen Lind"),
    )
    lives_with = forms.IntegerField(
        label=_("Bor ihop med medlem nummer"),
        required=False,
        min_value=1,
        help_text=_("De får ett kuvert tillsammans."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    consent = forms.BooleanField(
        label=_("Personen har sagt ja till att vi sparar uppgifterna"),
        error_messages={"required": _("Fråga om det är okej att vi sparar, och kryssa i rutan")},
    )

    class Meta:
        model = Person
        fields = (
            "first_name", "last_name", "email", "phone", "care_of", "street", "postcode", "town",
            "municipality", "birth_year", "wants_paper", "note", "is_protected",
        )  # fmt: skip
        error_messages: ClassVar = {"first_name": {"required": _("Skriv ett förnamn")}}
        help_texts: ClassVar = {
            "is_protected": _("Namn och adress göms. Bara några få av oss ser dem."),
            "note": _("Skriv inget om hälsa."),
        }
        widgets: ClassVar = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, sees_protected: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_protected:
            del self.fields["is_protected"]
        if self.instance.pk:
            del self.fields["consent"]
            if self.instance.household:
                self.initial["household_label"] = self.instance.household.label

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        now = timezone.localdate().year
        if year is not None and not now - OLDEST <= year <= now:
            raise forms.ValidationError(_("Skriv året med fyra siffror, som 1975"))
        return year

    def clean_lives_with(self) -> Person | None:
        number = self.cleaned_data["lives_with"]
        if not number:
            return None
        other = (
            Person.objects.in_register().filter(member_number=number, is_protected=False).first()
        )
        if other is None or other.pk == self.instance.pk:
            raise forms.ValidationError(_("Ingen annan i registret har det numret"))
        return other

    @property
    def facts(self) -> dict[str, Any]:
        """The columns, and the name on the envelope."""
        left_out = ("consent", "lives_with")
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}

    def _post_clean(self) -> None:
        """Nothing: the service writes, and what is protected is never put in the open columns."""
