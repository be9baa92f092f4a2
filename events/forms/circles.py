"""What people type to be in a study circle, and what the office types about one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Circle, CircleRules, Event, HandOverColumn, Identity
from events.services.papers import Given, numbers_text
from events.study import personal_number
from events.study.personal_number import DigitsDoNotFit, NoSuchDay, NotANumber
from members.forms.joining import AddressForm, LineField
from privacy.services import as_shown

NO_NUMBER = _("Skriv tolv siffror så här: ÅÅÅÅMMDD-NNNN")


class AgreementForm(forms.Form):
    use_required_attribute = False

    agree = forms.BooleanField(
        label=_("Jag har läst och håller med"),
        error_messages={"required": _("Kryssa i rutan om du håller med")},
    )


class IdentityForm(AddressForm):
    """Who somebody is to the study association."""

    PERSONAL, LMA = "personal", "lma"

    first_name = LineField(
        label=_("Förnamn"), max_length=80, error_messages={"required": _("Skriv ditt förnamn")},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )  # fmt: skip
    last_name = LineField(
        label=_("Efternamn"), max_length=80,
        error_messages={"required": _("Skriv ditt efternamn")},
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Vilket nummer har du?"),
        choices=[
            (PERSONAL, _("Personnummer eller samordningsnummer")),
            (LMA, _("LMA-nummer, för dig som söker asyl")),
        ],
        widget=forms.RadioSelect,
        initial=PERSONAL,
        error_messages={"required": _("Välj vilket nummer du har")},
    )
    number = LineField(
        label=_("Ditt nummer"),
        max_length=30,
        help_text=_("Personnummer med tolv siffror: ÅÅÅÅMMDD-NNNN"),
        error_messages={"required": NO_NUMBER},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )
    phone = LineField(
        label=_("Telefon (valfritt)"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )  # fmt: skip
    consent = forms.BooleanField(
        error_messages={"required": _("Kryssa i rutan om vi får lämna uppgifterna")}
    )

    field_order = (
        "first_name", "last_name", "kind", "number", "street", "postcode", "town", "phone",
        "consent",
    )  # fmt: skip

    def __init__(self, *args: Any, association: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = as_shown(numbers_text(), association=association.short_name)
        self.fields["consent"].label, self.fields["consent"].help_text = words

    def clean(self) -> None:
        super().clean()
        typed, kind = self.cleaned_data.get("number"), self.cleaned_data.get("kind")
        if typed and kind:
            try:
                self._read(typed, kind)
            except ValidationError as error:
                self.add_error("number", error)

    def _read(self, typed: str, kind: str) -> None:
        try:
            if kind == self.LMA:
                self.read_as = (Identity.Kind.LMA, personal_number.read_lma(typed))
                return
            number = personal_number.read(typed, today=timezone.localdate())
        except NotANumber as error:
            words = _("Skriv numret med siffror, som det står på kortet")
            raise ValidationError(words if kind == self.LMA else NO_NUMBER) from error
        except NoSuchDay as error:
            raise ValidationError(
                _("Det datumet finns inte. Titta på de första åtta siffrorna")
            ) from error
        except DigitsDoNotFit as error:
            raise ValidationError(
                _("Någon siffra har blivit fel. Titta gärna en gång till")
            ) from error
        coordination = number.is_coordination
        kind = Identity.Kind.COORDINATION if coordination else Identity.Kind.PERSONAL
        self.read_as = (kind, number.digits)

    @property
    def given(self) -> Given:
        typed, (kind, digits) = self.cleaned_data, self.read_as
        names = ("first_name", "last_name", "street", "postcode", "town", "phone")
        return Given(kind=kind, digits=digits, **{name: typed[name] for name in names})


class OfficeIdentityForm(IdentityForm):
    """The same, typed by the office from a paper or a phone call."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].label = _("Numret")
        self.fields["kind"].label = _("Vilket nummer är det?")
        self.fields["consent"].label = _("Personen har sagt ja till att vi lämnar uppgifterna")
        self.fields["consent"].help_text = ""
        said = {
            "first_name": _("Skriv förnamnet"),
            "last_name": _("Skriv efternamnet"),
            "street": _("Skriv gatan"),
            "town": _("Skriv orten"),
            "consent": _("Fråga om vi får lämna uppgifterna, och kryssa i"),
        }
        for name, words in said.items():
            self.fields[name].error_messages["required"] = words


class RevealForm(forms.Form):
    use_required_attribute = False

    reason = LineField(
        label=_("Varför behöver du se numret?"),
        max_length=150,
        help_text=_("Det du skriver sparas i åtkomstloggen."),
        error_messages={"required": _("Skriv varför, till exempel: studieförbundet ringde")},
    )


class FreeEventField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        start = obj.starts_at
        return f"{obj.title}, {timezone.localdate(start)}" if start else obj.title


class NewCircleForm(forms.ModelForm):
    """Which activity, and which term. The rest comes when it is known."""

    use_required_attribute = False
    event = FreeEventField(
        label=_("Aktivitet"),
        queryset=Event.objects.none(),
        empty_label=_("Välj aktivitet"),
        error_messages={"required": _("Välj en aktivitet")},
    )

    class Meta:
        model = Circle
        fields = ("event", "form", "season", "year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Event.objects.filter(circle=None, cancelled_at=None).with_occasions()
        self.fields["event"].queryset = free.order_by("title")  # type: ignore[attr-defined]  # a ModelChoiceField


class CircleForm(forms.ModelForm):
    """All that the office knows of a circle, in the order in which it comes to know it."""

    use_required_attribute = False
    has_agreement = forms.BooleanField(
        label=_("Gruppen har ett löfte som alla läser innan de börjar"), required=False
    )

    class Meta:
        model = Circle
        fields = (
            "form", "season", "year", "most", "material", "plan", "contact", "approved_on",
            "approved_by", "reference", "performers", "representative",
        )  # fmt: skip
        widgets = {  # noqa: RUF012 -- as Django declares it
            "approved_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "plan": forms.Select,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["has_agreement"].initial = self.instance.agreement_id is not None
        self.fields["plan"].empty_label = _("Ingen än")  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["plan"].help_text = _("Lägg först upp filen under Dokument.")
        if self.instance.is_named:
            del self.fields["performers"], self.fields["representative"]


# In the order in which they are told.
FIGURES = (
    "hour_minutes", "shortest_meeting", "present_at_least", "meetings_at_least",
    "hours_at_least", "people_at_least", "people_at_most", "hours_a_meeting", "meetings_a_week",
    "hours_a_week", "hours_a_year", "person_meetings", "person_among_first", "person_hours",
    "youngest", "within_a_year",
)  # fmt: skip


class RulesForm(forms.ModelForm):
    """A new set of figures, from a day that has not come."""

    use_required_attribute = False

    class Meta:
        model = CircleRules
        fields = ("valid_from", *FIGURES, "source")
        widgets = {  # noqa: RUF012 -- as Django declares it
            "valid_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean_valid_from(self) -> Any:
        day = self.cleaned_data["valid_from"]
        if day <= timezone.localdate():
            raise ValidationError(
                _("Välj en dag som inte har varit. Cirklar som har börjat följer sina regler")
            )
        others = CircleRules.objects.filter(form=self.instance.form, valid_from=day)
        if others.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Det finns redan regler från den dagen"))
        return day


class PromiseForm(forms.Form):
    """What a group promises each other: one thing a line."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("En sak per rad, gärna sex"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={"required": _("Skriv minst en rad")},
    )

    @property
    def lines(self) -> list[str]:
        rows = (" ".join(line.split()) for line in self.cleaned_data["text"].splitlines())
        return [row for row in rows if row]


ColumnFormSet = forms.modelformset_factory(
    HandOverColumn, fields=("header", "position", "is_shown"), extra=0, can_delete=False
)
