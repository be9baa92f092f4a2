"""What is noted after a shift: numbers and times, and never a name."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.forms.evening import NO_SUCH_TIME, ClockField
from events.models import VisitTally
from events.models.tally import PARTS
from events.services.wall_time import NoSuchTime, wall_time

MOST = 2000
SEX = {"women": _("Kvinnor"), "men": _("Män"), "other": _("Annat"), "unknown": _("Vet ej")}
WHO = {
    "own_experience": _("Egen erfarenhet"),
    "relatives": _("Anhöriga"),
    "volunteers": _("Volontärer på besök"),
    "staff": _("Personal på besök"),
}
OUTCOMES = {
    "to_group": _("Till en av våra grupper"),
    "became_member": _("Blev medlem"),
    "became_volunteer": _("Blev volontär"),
    "to_care": _("Till vården"),
    "to_crisis": _("Till 1177 eller akut hjälp"),
}
OTHERS = {
    "first_timers": _("Här för första gången"),
    "from_here": _("Härifrån (uppskattat)"),
    "from_elsewhere": _("Från andra områden (uppskattat)"),
}
BESIDE = {
    "partners": _("Partner på besök"),
    "on_duty": _("Volontärer på plats"),
}
FACTS = SEX | OTHERS | WHO | OUTCOMES | BESIDE
TOO_MANY = {
    "sex": _("Kvinnor, män, annat och vet ej är fler än besöken"),
    "news": _("De som är här för första gången är fler än besöken"),
    "home": _("De två områdena är fler än besöken"),
    "who": _("Egen erfarenhet, anhöriga, volontärer och personal är fler än besöken"),
    **dict.fromkeys(OUTCOMES, _("De ni hjälpte vidare är fler än besöken")),
}


class NumberField(forms.IntegerField):
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, label: Any) -> None:
        wrong = _("Skriv ett antal, till exempel 12")
        messages = {"invalid": wrong, "min_value": wrong, "max_value": wrong}
        super().__init__(
            label=label, required=False, min_value=0, max_value=MOST, error_messages=messages
        )

    def clean(self, value: Any) -> int:
        """Nothing typed is nobody."""
        return super().clean(value) or 0


class ShiftForm(forms.Form):
    use_required_attribute = False

    total = NumberField(_("Besök"))
    opened = ClockField(label=_("Öppnade"))
    closed = ClockField(label=_("Stängde"))
    duty_hours = forms.DecimalField(
        label=_("Volontärtid i timmar"),
        required=False,
        min_value=0,
        max_value=500,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Skriv timmar, till exempel 4,5"),
            "min_value": _("Skriv timmar, till exempel 4,5"),
            "max_value": _("Skriv timmar, till exempel 4,5"),
        },
    )
    note = forms.CharField(
        label=_("Anteckning från passet (valfritt)"),
        help_text=_("Vad hände? Skriv inga namn och inget om någons hälsa."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, tally: VisitTally) -> None:
        self.tally = tally
        super().__init__(data, initial=_as_typed(tally))
        for name, label in FACTS.items():
            self.fields[name] = NumberField(label)
        self.order_fields(["total", *SEX, *OTHERS, *WHO, "partners", *OUTCOMES])

    def parts(self) -> list[forms.BoundField]:
        """What the visits may be divided into."""
        return [self[name] for name in (*SEX, *OTHERS, *WHO, "partners")]

    def outcomes(self) -> list[forms.BoundField]:
        return [self[name] for name in OUTCOMES]

    def clean(self) -> None:
        super().clean()
        for kind, names in PARTS.items():
            parts = [self.cleaned_data.get(name, 0) for name in names]
            if sum(parts) > self.cleaned_data.get("total", MOST * len(parts)):
                self.add_error(names[0], TOO_MANY[kind])
        day = timezone.localdate(self.tally.opened_at)
        begun, ended = (self._moment(name, day) for name in ("opened", "closed"))
        if begun and ended and ended <= begun:
            self.add_error("closed", _("Ni måste stänga efter att ni har öppnat"))

    def _moment(self, name: str, day: Any) -> datetime | None:
        clock = self.cleaned_data.get(name)
        if not clock:
            return None
        try:
            moment = wall_time(day, clock)
        except NoSuchTime:
            self.add_error(name, NO_SUCH_TIME)
            return None
        self.cleaned_data[f"{name}_at"] = moment
        return moment

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        numbers = {name: typed[name] for name in ("total", *FACTS)}
        minutes = int((typed["duty_hours"] or 0) * 60)
        moments = {name: typed[name] for name in ("opened_at", "closed_at")}
        return {**numbers, **moments, "duty_minutes": minutes, "note": typed["note"].strip()}


def _as_typed(tally: VisitTally) -> dict[str, Any]:
    numbers = {name: getattr(tally, name) or None for name in FACTS}
    hours = tally.duty_minutes / 60 if tally.duty_minutes else None
    return {
        **numbers,
        "total": tally.total,
        "opened": _clock(tally.opened_at),
        "closed": _clock(tally.closed_at),
        "duty_hours": f"{hours:.2f}".rstrip("0").rstrip(".").replace(".", ",") if hours else None,
        "note": tally.note,
    }


def _clock(moment: datetime) -> time:
    return timezone.localtime(moment).time()
