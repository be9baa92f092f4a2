"""What a leader types about an occasion, and what a phone says of the rows."""

import uuid
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import AttendanceSheet, Event, Occasion
from events.services import attendance
from events.services.attendance_values import Extra, Filled, Span, Tick
from events.services.wall_time import NoSuchTime, wall_time

NO_SUCH_TIME = _("Den tiden finns inte just den dagen. Välj en annan tid")
HOURS_LIKE_THIS = _("Skriv hela timmar, till exempel 3")
# No meeting is longer than a day.
MOST_HOURS = 24
SHOWN = {"": None, "0": False, "1": True}


class ClockField(forms.TimeField):
    """A time of the day, written with a full stop or a colon."""

    # Not a browser's own picker: it stops the keyboard at every part of the time.
    widget = forms.TimeInput(attrs={"inputmode": "decimal", "autocomplete": "off"}, format="%H.%M")
    input_formats = ("%H.%M", "%H:%M", "%H:%M:%S")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {}).update(
            invalid=_("Skriv tiden så här: 18.00"), required=_("Skriv en tid")
        )
        super().__init__(show_hidden_initial=True, **kwargs)


class EveningForm(forms.Form):
    """What is beside the ticks. The fields of a study circle are only there for one."""

    use_required_attribute = False

    extra_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    extra_name = forms.CharField(
        label=_("En till kom"), help_text=_("Förnamn räcker"), max_length=40, required=False
    )
    starts = ClockField(label=_("Började"))
    ends = ClockField(label=_("Slutade"))
    break_minutes = forms.IntegerField(
        label=_("Rast i minuter"),
        min_value=0,
        max_value=600,
        required=False,
        show_hidden_initial=True,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Skriv rasten i minuter, till exempel 15"),
            "min_value": _("Skriv rasten i minuter, till exempel 15"),
            "max_value": _("Rasten är längre än träffen"),
        },
    )
    study_hours = forms.IntegerField(
        label=_("Studietimmar (valfritt)"),
        help_text=_("Lämna tomt, så räknar vi efter tiden."),
        min_value=0,
        max_value=MOST_HOURS,
        required=False,
        show_hidden_initial=True,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": HOURS_LIKE_THIS,
            "min_value": HOURS_LIKE_THIS,
            "max_value": HOURS_LIKE_THIS,
        },
    )
    note = forms.CharField(
        label=_("Något att säga till samordnaren? (valfritt)"),
        help_text=_("Bara samordnaren läser. Inget om diagnos."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        event: Event,
        occasion: Occasion,
        sheet: AttendanceSheet | None,
    ) -> None:
        self.planned = span = attendance.span_of(event, occasion, sheet)
        self.start_day = timezone.localdate(span.starts_at)
        self.end_day = timezone.localdate(span.ends_at)
        super().__init__(
            data,
            initial={
                "extra_key": uuid.uuid4(),
                "starts": _clock(span.starts_at),
                "ends": _clock(span.ends_at),
                "break_minutes": span.break_minutes,
                "study_hours": sheet.typed_hours if sheet else None,
            },
        )
        if not attendance.counts_hours(event):
            for name in ("starts", "ends", "break_minutes", "study_hours"):
                del self.fields[name]

    def clean(self) -> None:
        super().clean()
        for name, day in (("starts", self.start_day), ("ends", self.end_day)):
            if clock := self.cleaned_data.get(name):
                self._moment(name, day, clock)
        begun, ended = (self.cleaned_data.get(f"{name}_at") for name in ("starts", "ends"))
        if not begun or not ended:
            return
        if ended <= begun:
            self.add_error("ends", _("Träffen måste sluta efter att den har börjat"))
        elif timedelta(minutes=self.cleaned_data.get("break_minutes") or 0) >= ended - begun:
            self.add_error("break_minutes", _("Rasten är längre än träffen"))

    def _moment(self, name: str, day: Any, clock: time) -> None:
        try:
            moment = wall_time(day, clock)
        except NoSuchTime:
            self.add_error(name, NO_SUCH_TIME)
        else:
            self.cleaned_data[f"{name}_at"] = moment

    def span(self) -> Span:
        """The times as they are typed now."""
        typed = self.cleaned_data
        return Span(
            typed.get("starts_at", self.planned.starts_at),
            typed.get("ends_at", self.planned.ends_at),
            typed.get("break_minutes") or 0,
        )

    def filled(self) -> Filled:
        """What to save: times only where somebody changed them."""
        typed, changed = self.cleaned_data, set(self.changed_data)
        breaks = typed.get("break_minutes") or 0
        return Filled(
            ticks=ticks_of(self.data),
            extras=self.extras(),
            starts_at=typed["starts_at"] if "starts" in changed else None,
            ends_at=typed["ends_at"] if "ends" in changed else None,
            break_minutes=breaks if "break_minutes" in changed else None,
            note=typed["note"],
            typed_hours=typed.get("study_hours"),
            touched_hours="study_hours" in changed,
        )

    def typed_hours(self) -> int | None:
        """What stands in the field now: what was typed, or what was saved as typed."""
        if self.is_bound:
            return self.cleaned_data.get("study_hours") if self.is_valid() else None
        hours: int | None = self.initial["study_hours"]
        return hours

    def extras(self) -> list[Extra]:
        """Those who were added before, and the one whose name stands in the field."""
        found = extras_of(self.data)
        name = " ".join(self.cleaned_data.get("extra_name", "").split())
        if name:
            found.append(Extra(self.cleaned_data.get("extra_key") or uuid.uuid4(), name))
        return found


def with_the_one_more(form: EveningForm) -> Any:
    """What was sent, with the name that stands in the field as a row, and the field empty."""
    data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    listed = {extra.key for extra in extras_of(data)}
    for extra in form.extras():
        if extra.key not in listed:
            data.appendlist("extra", f"{extra.key}:{extra.first_name}")
            data.appendlist("here", f"x{extra.key}")
    data["extra_name"], data["extra_key"] = "", str(uuid.uuid4())
    return data


def ticks_of(data: Any) -> list[Tick]:
    here = set(data.getlist("here"))
    rows = (text.partition(":") for text in data.getlist("shown"))
    return [Tick(key, SHOWN.get(value), key in here) for key, _colon, value in rows]


def extras_of(data: Any) -> list[Extra]:
    """Those who came anyway and are not saved yet: a key of the phone's own and a name."""
    here = set(data.getlist("here"))
    found = []
    for text in data.getlist("extra"):
        key, _colon, name = text.partition(":")
        try:
            found.append(Extra(uuid.UUID(key), name, here=f"x{key}" in here))
        except ValueError:
            continue  # not a form of ours
    return found


def _clock(moment: datetime) -> time:
    return timezone.localtime(moment).time()


class CallOffForm(forms.Form):
    use_required_attribute = False

    because = forms.CharField(
        label=_("Varför? (valfritt)"),
        max_length=120,
        required=False,
        help_text=_("Alla som är anmälda läser det. Skriv inget om någons hälsa."),
    )


class MoveEveningForm(CallOffForm):
    """Another day and time, as a phone asks for them."""

    day = forms.DateField(
        label=_("Ny dag"),
        help_text=_("Till exempel 2026-12-10"),
        widget=forms.DateInput(attrs={"autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Välj en dag"),
            "invalid": _("Skriv dagen så här: 2026-12-10"),
        },
    )
    starts = ClockField(label=_("Börjar"))
    ends = ClockField(label=_("Slutar"))
    field_order = ("day", "starts", "ends", "because")

    def __init__(self, data: Any = None, *, occasion: Occasion) -> None:
        initial = {
            "day": timezone.localdate(occasion.starts_at),
            "starts": _clock(occasion.starts_at),
            "ends": _clock(occasion.ends_at),
        }
        super().__init__(data, initial=initial)

    def clean(self) -> None:
        super().clean()
        typed = self.cleaned_data
        if not all(typed.get(name) for name in ("day", "starts", "ends")):
            return
        try:
            typed["starts_at"] = wall_time(typed["day"], typed["starts"])
            typed["ends_at"] = wall_time(typed["day"], typed["ends"])
        except NoSuchTime:
            self.add_error("starts", NO_SUCH_TIME)
            return
        if typed["ends_at"] <= typed["starts_at"]:
            self.add_error("ends", _("Träffen måste sluta efter att den har börjat"))
        elif typed["starts_at"] <= timezone.now():
            self.add_error("day", _("Den tiden har varit. Välj en som kommer"))
