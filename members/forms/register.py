"""What the office writes about a person."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import MembershipType, Person
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
        return _another(self.cleaned_data["lives_with"], self.instance)

    @property
    def facts(self) -> dict[str, Any]:
        """The columns, and the name on the envelope."""
        left_out = ("consent", "lives_with")
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}

    def _post_clean(self) -> None:
        """Nothing: the service writes, and what is protected is never put in the open columns."""


def _another(number: int | None, person: Person) -> Person | None:
    """Who has this member number, and is somebody else."""
    if not number:
        return None
    rows = Person.objects.in_register().filter(member_number=number, is_protected=False)
    other = rows.exclude(pk=person.pk).first()
    if other is None:
        raise forms.ValidationError(_("Ingen annan i registret har det numret"))
    return other


class MembershipForm(forms.Form):
    """What the office makes somebody a member as."""

    use_required_attribute = False

    type = forms.ModelChoiceField(
        label=_("Typ"),
        queryset=MembershipType.objects.all(),
        empty_label=None,
        error_messages={"required": _("Välj en typ"), "invalid_choice": _("Välj en typ")},
    )
    year = forms.TypedChoiceField(
        label=_("År"), coerce=int, error_messages={"required": _("Välj ett år")}
    )
    is_reduced = forms.BooleanField(label=_("Nedsatt avgift"), required=False)
    is_free = forms.BooleanField(
        label=_("Ingen avgift"),
        required=False,
        help_text=_("Till exempel för en hedersmedlem. Medlemskapet gäller direkt."),
    )
    main_member = forms.IntegerField(
        label=_("Familjemedlem till medlem nummer"),
        required=False,
        min_value=1,
        help_text=_("Bara för typer som hör till en huvudmedlem."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        this_year = timezone.localdate().year
        years = [(year, str(year)) for year in (this_year, this_year + 1)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]  # a ChoiceField

    def clean_main_member(self) -> Person | None:
        return _another(self.cleaned_data["main_member"], self.person)

    def clean(self) -> None:
        super().clean()
        kind, main = self.cleaned_data.get("type"), self.cleaned_data.get("main_member")
        if kind and kind.needs_main_member and not main and "main_member" not in self.errors:
            self.add_error("main_member", _("Skriv huvudmedlemmens nummer"))
        if kind and not kind.needs_main_member:
            self.cleaned_data["main_member"] = None
        if kind and self.cleaned_data.get("year") and not self._is_of_age(kind):
            self.add_error("type", _("Personens ålder passar inte typen"))

    def _is_of_age(self, kind: MembershipType) -> bool:
        """As far as anybody knows: many have not said when they were born."""
        if self.person.birth_year is None:
            return True
        age = self.cleaned_data["year"] - self.person.birth_year
        return (kind.min_age or 0) <= age <= (kind.max_age or OLDEST)

    @property
    def facts(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        return {"kind": typed.pop("type"), **typed}
