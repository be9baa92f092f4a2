"""What volunteers and coordinators type about roles, shifts, courses and time."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteers.forms.follow_up import DayInput, MomentInput
from volunteers.models import Role, Shift, SupervisionMeeting

MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
WRONG_DAY = _("Skriv datumet så här: 2027-03-15")
WRONG_TIME = _("Skriv tiden så här: 2027-03-15 14:00")
# So many weeks of a shift are laid out at once, at the most.
MOST_WEEKS = 26


def moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=MomentInput(),
        input_formats=MOMENTS,
        error_messages={"required": _("Välj dag och tid"), "invalid": WRONG_TIME},
    )


class HourForm(forms.Form):
    use_required_attribute = False

    day = forms.DateField(
        label=_("Vilken dag?"), widget=DayInput(),
        error_messages={"required": _("Välj en dag"), "invalid": WRONG_DAY},
    )  # fmt: skip
    hours = forms.DecimalField(
        label=_("Hur många timmar?"), min_value=0, max_value=24, max_digits=4, decimal_places=2,
        localize=True,
        help_text=_("Ungefär räcker. Till exempel 1,5"),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "required": _("Skriv ett tal, till exempel 1,5"),
            "invalid": _("Skriv ett tal, till exempel 1,5"),
            "max_value": _("Ett dygn har 24 timmar"),
        },
    )  # fmt: skip

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        today = timezone.localdate()
        if not today - timedelta(days=366) <= day <= today:
            raise forms.ValidationError(_("Välj en dag som har varit, högst ett år bort"))
        return day

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        if "hours" in self.cleaned_data:
            minutes = round(self.cleaned_data["hours"] * 60)
            if minutes < 1:
                self.add_error("hours", _("Skriv ett tal, till exempel 1,5"))
            self.cleaned_data["minutes"] = minutes
        return self.cleaned_data


class SpanForm(forms.Form):
    """From a moment to a clock time on the same day."""

    use_required_attribute = False

    starts_at = moment(_("Börjar"))
    ends = forms.TimeField(
        label=_("Slutar kl."), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Välj en tid"), "invalid": _("Skriv tiden så här: 16:00")},
    )  # fmt: skip
    place = forms.CharField(label=_("Plats (valfritt)"), max_length=120, required=False)

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        starts_at, ends = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends")
        if starts_at and ends:
            day = timezone.localtime(starts_at).date()
            ends_at = timezone.make_aware(datetime.combine(day, ends))
            if ends_at <= starts_at:
                self.add_error("ends", _("Sluttiden är före början"))
            self.cleaned_data["ends_at"] = ends_at
        return self.cleaned_data


class ShiftForm(SpanForm):
    role = forms.ModelChoiceField(
        label=_("Uppdrag"), queryset=Role.objects.all(), empty_label=_("Välj"),
        error_messages={"required": _("Välj ett uppdrag")},
    )  # fmt: skip
    min_crew = forms.IntegerField(label=_("Minst så många"), min_value=1, max_value=20, initial=1)
    max_crew = forms.IntegerField(label=_("Högst så många"), min_value=1, max_value=20, initial=2)
    note = forms.CharField(label=_("Om passet (valfritt)"), max_length=160, required=False)
    weeks = forms.IntegerField(
        label=_("Så många veckor i rad"), min_value=1, max_value=MOST_WEEKS, initial=1
    )
    field_order = ("role", "starts_at", "ends", "weeks", "place", "min_crew", "max_crew", "note")

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        least, most = self.cleaned_data.get("min_crew"), self.cleaned_data.get("max_crew")
        if least and most and most < least:
            self.add_error("max_crew", _("Det här talet kan inte vara mindre än det första"))
        return self.cleaned_data

    @property
    def shift(self) -> Shift:
        names = ("role", "starts_at", "ends_at", "place", "min_crew", "max_crew", "note")
        return Shift(**{name: self.cleaned_data[name] for name in names})


class MeetingForm(SpanForm):
    topic = forms.CharField(label=_("Tema (valfritt)"), max_length=120, required=False)

    @property
    def meeting(self) -> SupervisionMeeting:
        names = ("starts_at", "ends_at", "place", "topic")
        return SupervisionMeeting(**{name: self.cleaned_data[name] for name in names})
