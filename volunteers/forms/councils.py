"""What the office types about councils."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import User
from volunteers.forms.office import (
    DAY,
    MOMENT,
    ONLY_WHAT_IS_NEEDED,
    OfficeForm,
    OfficeModelForm,
    text_area,
)
from volunteers.models import (
    Council,
    CouncilIssue,
    CouncilMeeting,
    Mandate,
    Organisation,
    Seat,
)
from volunteers.services import who


class OrganisationForm(OfficeModelForm):
    class Meta:
        model = Organisation
        fields = ("name", "kind")


class CouncilForm(OfficeModelForm):
    class Meta:
        model = Council
        fields = (
            "organisation", "name", "about", "frequency", "place", "coordinator", "contact_name",
            "contact_email", "contact_phone", "agreement", "closed_on",
        )  # fmt: skip
        widgets: ClassVar = {"closed_on": DAY, "about": text_area(2)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = User.objects.filter(pk__in=[user.pk for user in who.colleagues()])
        self.fields["coordinator"].queryset = able  # type: ignore[attr-defined]  # a choice of rows


class SeatForm(OfficeForm):
    kind = forms.ChoiceField(choices=Seat.Kind.choices, label=_("Sort"))


class AppointForm(OfficeModelForm):
    """Who, from when to when, and by which decision."""

    said_yes = forms.BooleanField(
        label=_("Personen har sagt ja till att vi sparar uppgifterna"),
    )

    class Meta:
        model = Mandate
        fields = (
            "name", "email", "phone", "starts_on", "term_ends_on", "decision", "trained_on",
        )  # fmt: skip
        widgets: ClassVar = {"starts_on": DAY, "term_ends_on": DAY, "trained_on": DAY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said_yes"].error_messages["required"] = _(
            "Fråga om vi får spara uppgifterna, och kryssa i"
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        first, last = (self.cleaned_data.get(name) for name in ("starts_on", "term_ends_on"))
        if first and last and last < first:
            self.add_error("term_ends_on", _("Sista dagen är före den första"))
        return self.cleaned_data

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class MandateForm(OfficeModelForm):
    class Meta:
        model = Mandate
        fields = ("name", "email", "phone", "decision", "trained_on")
        widgets: ClassVar = {"trained_on": DAY}


class EndForm(OfficeForm):
    last_on = forms.DateField(label=_("Sista dag"), widget=DAY, initial=timezone.localdate)

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mandate = mandate

    def clean_last_on(self) -> date:
        day: date = self.cleaned_data["last_on"]
        if not self.mandate.starts_on <= day <= self.mandate.term_ends_on:
            raise forms.ValidationError(_("Välj en dag inom mandatet"))
        return day


class NameOnSiteForm(OfficeForm):
    """An empty name takes the yes back."""

    name = forms.CharField(
        label=_("Namn på webben"),
        max_length=80,
        required=False,
        help_text=_("Förnamn räcker. Lämna tomt om personen inte vill stå på webben."),
    )
    said_yes = forms.BooleanField(
        label=_("Personen har sagt ja till att namnet står på webben"), required=False
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("name") and not self.cleaned_data.get("said_yes"):
            self.add_error("said_yes", _("Fråga om namnet får stå på webben, och kryssa i"))
        return self.cleaned_data


class MeetingForm(OfficeModelForm):
    class Meta:
        model = CouncilMeeting
        fields = ("starts_at", "place", "agenda")
        widgets: ClassVar = {"starts_at": MOMENT, "agenda": text_area(6)}

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.council = council

    def clean_starts_at(self) -> Any:
        moment = self.cleaned_data["starts_at"]
        others = CouncilMeeting.objects.filter(council=self.instance.council, starts_at=moment)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Det mötet finns redan"))
        return moment


class ReportForm(OfficeForm):
    text = forms.CharField(
        label=_("Rapport till styrelsen"), widget=text_area(8), max_length=4000,
        help_text=ONLY_WHAT_IS_NEEDED,
    )  # fmt: skip
    attended = forms.ModelMultipleChoiceField(
        label=_("Vem var med för oss?"),
        queryset=Mandate.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, meeting: CouncilMeeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = timezone.localdate(meeting.starts_at)
        mandates = Mandate.objects.in_force(day).filter(seat__council=meeting.council)
        self.fields["attended"].queryset = mandates  # type: ignore[attr-defined]  # a choice of rows
        self.fields["attended"].label_from_instance = _who  # type: ignore[attr-defined]


def _who(mandate: Any) -> str:
    return f"{mandate.name} ({mandate.seat.get_kind_display().lower()})"


class IssueForm(OfficeModelForm):
    class Meta:
        model = CouncilIssue
        fields = ("title", "raised_on", "meeting", "state", "answer", "is_public")
        widgets: ClassVar = {"raised_on": DAY, "answer": text_area(4)}

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.council = council
        self.fields["raised_on"].initial = timezone.localdate
        self.fields["meeting"].queryset = council.meetings.all()  # type: ignore[attr-defined]
        self.fields["meeting"].required = False

    def clean(self) -> dict[str, Any]:
        super().clean()
        settled = self.cleaned_data.get("state") in CouncilIssue.SETTLED
        if settled and not self.cleaned_data.get("answer"):
            self.add_error("answer", _("Skriv kort vad svaret blev"))
        return self.cleaned_data
