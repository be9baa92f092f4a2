"""How the office types times: what the clock on the wall shows, in Sweden."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.services.wall_time import NoSuchTime, wall_time

# A series of a term, and a little more.
MOST_TIMES = 60
NO_SUCH_TIME = _("Den tiden finns inte, för klockan ställs fram då. Välj en annan tid.")


class WallTimeField(forms.DateTimeField):
    """A day and a time. What comes twice, the night when the clock is set back, is the first."""

    default_error_messages = {  # noqa: RUF012 -- as Django declares it
        "required": _("Skriv dag och tid"),
        "invalid": _("Skriv dag och tid så här: 2026-12-10 17:00"),
    }

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if getattr(error, "code", "") != "ambiguous_timezone" or not error.params:
                raise
            return _first(error.params["datetime"])


def _first(typed: datetime) -> datetime:
    try:
        return wall_time(typed.date(), typed.time())
    except NoSuchTime as error:
        raise ValidationError(NO_SUCH_TIME) from error


class BecauseForm(forms.Form):
    """One sentence that everyone with a place may read."""

    use_required_attribute = False

    because = forms.CharField(
        label=_("Varför? (valfritt)"),
        max_length=120,
        required=False,
        help_text=_("Alla som är anmälda läser det. Skriv inget om någons hälsa."),
    )


class MoveTimeForm(BecauseForm):
    """The new time of one occasion."""

    starts_at = WallTimeField(
        label=_("Börjar"), widget=forms.DateTimeInput(format="%Y-%m-%d %H:%M")
    )
    ends_at = WallTimeField(label=_("Slutar"), widget=forms.DateTimeInput(format="%Y-%m-%d %H:%M"))
    field_order = ("starts_at", "ends_at", "because")

    def clean(self) -> None:
        super().clean()
        start, end = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        if start and start <= timezone.now():
            self.add_error("starts_at", _("Den tiden har varit. Välj en som kommer."))
        if start and end and end <= start:
            self.add_error("ends_at", _("Träffen måste sluta efter att den har börjat."))


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _clock_input() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class SeriesForm(forms.Form):
    """The same weekday and time, week after week."""

    use_required_attribute = False

    first = forms.DateField(
        label=_("Första gången"),
        widget=_day_input(),
        error_messages={
            "required": _("Skriv vilken dag det börjar"),
            "invalid": _("Skriv dagen så här: 2027-01-14"),
        },
    )
    starts = forms.TimeField(
        label=_("Börjar kl."),
        widget=_clock_input(),
        error_messages={
            "required": _("Skriv när det börjar"),
            "invalid": _("Skriv tiden så här: 17:00"),
        },
    )
    ends = forms.TimeField(
        label=_("Slutar kl."),
        widget=_clock_input(),
        error_messages={
            "required": _("Skriv när det slutar"),
            "invalid": _("Skriv tiden så här: 19:00"),
        },
    )
    every = forms.TypedChoiceField(
        label=_("Hur ofta?"),
        choices=[("1", _("Varje vecka")), ("2", _("Varannan vecka")), ("4", _("Var fjärde vecka"))],
        coerce=int,
        initial="1",
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur ofta")},
    )
    times = forms.IntegerField(
        label=_("Hur många gånger?"),
        min_value=1,
        max_value=MOST_TIMES,
        error_messages={
            "required": _("Skriv hur många gånger"),
            "invalid": _("Skriv ett antal med siffror"),
            "max_value": _("Högst 60 gånger åt gången"),
            "min_value": _("Minst en gång"),
        },
    )

    def clean_first(self) -> Any:
        day = self.cleaned_data["first"]
        if day < timezone.localdate():
            raise ValidationError(_("Den dagen har varit. Välj en som kommer."))
        return day


class StartForm(SeriesForm):
    """When something that many were interested in begins, and how many have room."""

    capacity = forms.IntegerField(
        label=_("Antal platser"),
        required=False,
        min_value=1,
        help_text=_("Tomt betyder att alla får plats."),
        error_messages={"invalid": _("Skriv ett antal med siffror"), "min_value": _("Minst en")},
    )


class NotNowForm(forms.Form):
    """It does not come off this time: when do they hear more?"""

    use_required_attribute = False

    promised_on = forms.DateField(
        label=_("Nytt besked senast"),
        widget=_day_input(),
        error_messages={
            "required": _("Skriv vilken dag ni lovar nytt besked"),
            "invalid": _("Skriv dagen så här: 2027-01-15"),
        },
    )

    def clean_promised_on(self) -> Any:
        day = self.cleaned_data["promised_on"]
        if day <= timezone.localdate():
            raise ValidationError(_("Välj en dag som kommer."))
        return day
