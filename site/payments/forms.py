"""What the treasurer types. Amounts are kronor on the screen and öre everywhere else."""

import uuid
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from payments.deposits import LARGEST
from payments.models import Account, Charge, Payment
from payments.ocr import number_of
from payments.services.overview import by_other_names

# A day of the books. Older is a slip of the pen.
FIRST_YEAR = 2000


class KronorField(forms.Field):
    """ "200", "199,50" or "1 250 kr", as öre."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, **more)

    def to_python(self, value: Any) -> Any:
        text = "".join(str(value or "")[:30].lower().removesuffix("kr").split())
        if not text:
            return None
        try:
            ore = Decimal(text.replace(",", ".")) * 100
        except InvalidOperation:
            raise _strange_amount() from None
        if not ore.is_finite() or ore != int(ore) or not 0 < ore <= LARGEST:
            raise _strange_amount()
        return int(ore)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        whole, rest = divmod(value, 100)
        return f"{whole},{rest:02d}" if rest else str(whole)


def _strange_amount() -> ValidationError:
    return ValidationError(_("Skriv beloppet i kronor så här: 200 eller 199,50"))


class DayField(forms.DateField):
    default_error_messages = {  # noqa: RUF012 -- as Django declares it
        "required": _("Skriv vilken dag det hände"),
        "invalid": _("Skriv dagen så här: 2026-11-16"),
    }

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=AdminDateInput(), initial=timezone.localdate, **more)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if isinstance(day, date) and day.year < FIRST_YEAR:
            raise ValidationError(_("Det är för länge sedan. Kontrollera dagen"))
        return day


class DeedForm(forms.Form):
    """With a key of its own, so that a button pressed twice is one line."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError(_("Dagen har inte varit än"))
        return day


def to_charge(text: str) -> Charge | None:
    """Which charge somebody means by "10042", "Avgift 10042" or its reference."""
    typed = "".join(text.lower().split()).removeprefix("avgift")
    plain = typed.isascii() and typed.isdigit() and len(typed) < 19
    numbers = {int(typed) if plain else None, number_of(typed)}
    known = [number for number in numbers if number is not None and number < 2**63]
    found = list(Charge.objects.filter(number__in=known))
    return found[0] if len(found) == 1 else None


class MoneyForm(DeedForm):
    """Cash, or money on the account that no file tells about."""

    charge = forms.CharField(
        label=_("Avgift"),
        max_length=80,
        help_text=_("Numret på avgiften, dess OCR, medlemmens nummer eller betalarens namn."),
        error_messages={"required": _("Skriv numret på avgiften")},
    )
    amount = KronorField(label=_("Belopp"), error_messages={"required": _("Skriv beloppet")})
    method = forms.ChoiceField(
        label=_("Hur pengarna kom"),
        choices=[
            (way.value, way.label)
            for way in (
                Payment.Method.CASH,
                Payment.Method.BANK,
                Payment.Method.BANKGIRO,
                Payment.Method.SWISH,
            )
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur pengarna kom")},
    )
    day = DayField(label=_("Dag"))
    note = forms.CharField(
        label=_("Verifikation"),
        max_length=80,
        required=False,
        help_text=_("Till exempel kvittots nummer. Skriv inget namn."),
    )

    def clean_charge(self) -> Charge:
        typed = self.cleaned_data["charge"]
        found = to_charge(typed)
        if found:
            return found
        meant = Q(payer_name__icontains=typed.strip()) | Q(pk__in=by_other_names(typed.strip()))
        named = list(Charge.objects.waiting().filter(meant)[:6])
        if len(named) == 1:
            return named[0]
        if named:
            names = ", ".join(f"{charge.number} {charge.payer_name}" for charge in named)
            raise ValidationError(_("Flera passar. Skriv numret: %s") % names)
        raise ValidationError(_("Ingen avgift som väntar har det numret eller namnet"))


class WaiveForm(DeedForm):
    day = DayField(label=_("Dag"))
    note = forms.CharField(
        label=_("Beslut"),
        max_length=80,
        help_text=_("Till exempel styrelsens protokoll och paragraf. Skriv inget namn."),
        error_messages={"required": _("Skriv vem som har beslutat, till exempel § 7")},
    )


class GiveBackForm(forms.Form):
    amount = KronorField(label=_("Belopp"), error_messages={"required": _("Skriv beloppet")})
    # What the page said had been given back, so that a button pressed twice acts once.
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most

    def clean_amount(self) -> int:
        amount: int = self.cleaned_data["amount"]
        if amount > self.most:
            raise ValidationError(_("Det är mer än vad som finns kvar"))
        return amount


class BankFileForm(forms.Form):
    file = forms.FileField(
        label=_("Fil"),
        help_text=_("camt.054 (XML), kontoutdrag eller Swish-rapport (CSV)."),
        widget=forms.FileInput(attrs={"accept": ".xml,.csv,.txt,text/csv,text/xml"}),
        error_messages={
            "required": _("Välj en fil"),
            "empty": _("Filen är tom"),
            "max_length": _("Filens namn är för långt"),
        },
        max_length=200,
    )


class PeriodForm(forms.Form):
    """Which days, and as what."""

    KINDS = (
        ("xlsx", _("Excel")),
        ("csv", _("CSV, med semikolon och decimalkomma")),
        ("sie", _("SIE 4, till bokföringen")),
    )
    from_day = DayField(label=_("Från"))
    to_day = DayField(label=_("Till och med"))
    kind = forms.ChoiceField(
        label=_("Som"),
        choices=KINDS,
        widget=forms.RadioSelect,
        initial="xlsx",
        error_messages={"required": _("Välj en sort")},
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        first, last = typed.get("from_day"), typed.get("to_day")
        if first and last and first > last:
            self.add_error("to_day", _("Perioden slutar innan den börjar"))
        return typed


class CloseForm(forms.Form):
    """Empty opens the books again."""

    to_day = forms.DateField(
        label=_("Lås till och med"),
        widget=AdminDateInput(),
        required=False,
        help_text=_("Tomt fält låser upp allt."),
        error_messages={"invalid": _("Skriv dagen så här: 2026-12-31")},
    )

    def clean_to_day(self) -> date | None:
        day: date | None = self.cleaned_data["to_day"]
        if day and day >= timezone.localdate():
            raise ValidationError(_("Bara dagar som har varit kan låsas"))
        return day


class AccountForm(forms.ModelForm[Account]):
    class Meta:
        model = Account
        fields = ("number", "name")

    number = forms.RegexField(
        r"^\d{4}$",
        label=_("Konto"),
        error_messages={
            "required": _("Skriv kontots nummer"),
            "invalid": _("Ett konto har fyra siffror"),
        },
    )
    name = forms.CharField(
        label=_("Namn"), max_length=60, error_messages={"required": _("Skriv kontots namn")}
    )


AccountForms = forms.modelformset_factory(Account, form=AccountForm, extra=0)


class FlagForm(forms.Form):
    note = forms.CharField(
        label=_("Vad du gjorde"),
        max_length=200,
        help_text=_("En rad för den som läser efter dig. Skriv inget namn."),
        error_messages={"required": _("Skriv vad du gjorde")},
    )
