"""What the office types about leaders, money and visits."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from events.models import Event, UniqueEstimate
from members.models import User

MOST_KRONOR = 10_000_000


class LeaderField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_full_name()} ({obj.email})" if obj.get_full_name() else obj.email


class LeaderForm(forms.Form):
    use_required_attribute = False

    user = LeaderField(
        label=_("Lägg till en ledare"),
        queryset=User.objects.none(),
        empty_label=_("Välj en person"),
        help_text=_("Saknas någon? Administratören ger personen rollen ledare först."),
        error_messages={
            "required": _("Välj en person"),
            "invalid_choice": _("Den personen kan inte leda längre. Välj en annan"),
        },
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        works_here = Q(groups__isnull=False) | Q(is_superuser=True)
        choices = User.objects.filter(works_here, is_active=True).exclude(leading__event=event)
        self.fields["user"].queryset = (  # type: ignore[attr-defined]  # a ModelChoiceField
            choices.distinct().order_by("first_name", "last_name", "email")
        )


def _kronor(label: Any) -> forms.IntegerField:
    wrong = _("Skriv hela kronor, till exempel 1500")
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_KRONOR,
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
    )


class BudgetForm(forms.Form):
    """Whole kronor on the page; öre in the database."""

    use_required_attribute = False

    budget = _kronor(_("Budget i kronor"))
    cost = _kronor(_("Kostnad i kronor"))

    def in_ore(self, name: str) -> int | None:
        typed = self.cleaned_data[name]
        return None if typed is None else typed * 100


def _periods() -> list[tuple[str, Any]]:
    return [("", _("Hela året")), *((str(at), name.capitalize()) for at, name in MONTHS.items())]


class UniqueForm(forms.Form):
    use_required_attribute = False

    month = forms.ChoiceField(label=_("Period"), choices=_periods, required=False)
    value = forms.IntegerField(
        label=_("Antal olika personer"),
        min_value=0,
        max_value=100_000,
        error_messages={
            "required": _("Skriv ett antal"),
            "invalid": _("Skriv ett antal, till exempel 100"),
            "min_value": _("Skriv ett antal, till exempel 100"),
            "max_value": _("Skriv ett antal, till exempel 100"),
        },
    )
    method = forms.ChoiceField(
        label=_("Hur vet ni det?"),
        choices=UniqueEstimate.Method.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur ni vet det")},
    )
    basis = forms.CharField(
        label=_("Vad bygger det på? (valfritt)"),
        max_length=200,
        required=False,
        help_text=_("Till exempel: personalens personkännedom"),
    )
