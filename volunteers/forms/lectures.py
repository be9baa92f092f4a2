"""What the office types on the way of a lecture, and about those who hold it."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteers.forms.office import (
    DAY,
    MOMENT,
    ONLY_WHAT_IS_NEEDED,
    OfficeModelForm,
    text_area,
)
from volunteers.models import Clinic, LectureBooking, Lecturer
from volunteers.services.who import colleagues


class _BookingForm(OfficeModelForm):
    class Meta:
        model = LectureBooking
        fields: tuple[str, ...] = ()
        widgets: ClassVar = {"starts_at": MOMENT, "lecturers": forms.CheckboxSelectMultiple}

    # The state that the page showed: who is second is told, and nothing is done twice.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.state
        if "lecturers" in self.fields:
            self.fields["lecturers"].queryset = Lecturer.objects.able(timezone.localdate())  # type: ignore[attr-defined]  # a choice of rows

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class OfferForm(_BookingForm):
    class Meta(_BookingForm.Meta):
        fields = ("starts_at", "place", "lecturers", "fee")


class ConfirmForm(_BookingForm):
    class Meta(_BookingForm.Meta):
        fields = ("starts_at", "place", "lecturers", "expected", "fee")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_at", "lecturers"):
            self.fields[name].required = True


class DoneForm(_BookingForm):
    class Meta(_BookingForm.Meta):
        fields = ("actual", "material", "invoice")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actual"].required = True


class CancelForm(_BookingForm):
    class Meta(_BookingForm.Meta):
        fields = ()


class FollowUpForm(_BookingForm):
    class Meta(_BookingForm.Meta):
        fields = ("new_members", "invoice")


class BookingForm(_BookingForm):
    """Who has it, what is next, and which clinic it is."""

    class Meta(_BookingForm.Meta):
        fields = ("clinic", "owner", "next_step", "due_on", "audience", "name", "email", "phone")
        widgets: ClassVar = {"due_on": DAY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = [user.pk for user in colleagues()]
        owners = self.fields["owner"]
        owners.queryset = owners.queryset.filter(pk__in=able)  # type: ignore[attr-defined]  # a choice of rows
        self.fields["clinic"].queryset = Clinic.objects.open()  # type: ignore[attr-defined]
        for name in ("owner", "next_step", "due_on"):
            self.fields[name].required = self.instance.is_open
            if not self.instance.is_open:
                self.fields[name].disabled = True


class EnterForm(OfficeModelForm):
    """Somebody phoned or wrote."""

    said_yes = forms.BooleanField(label=_("Personen har sagt ja till att vi sparar uppgifterna"))

    class Meta:
        model = LectureBooking
        fields = (
            "host", "clinic", "name", "email", "phone", "audience", "expected", "wished_time",
            "message",
        )  # fmt: skip
        widgets: ClassVar = {"message": text_area()}
        help_texts: ClassVar = {"message": ONLY_WHAT_IS_NEEDED}

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class LecturerForm(OfficeModelForm):
    said_yes = forms.BooleanField(label=_("Personen har sagt ja till att vi sparar uppgifterna"))

    class Meta:
        model = Lecturer
        fields = (
            "name", "email", "phone", "topics", "trained_on", "training_until", "guideline",
            "stopped_on",
        )  # fmt: skip
        widgets: ClassVar = {"trained_on": DAY, "training_until": DAY, "stopped_on": DAY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["said_yes"]

    def clean_training_until(self) -> date | None:
        until: date | None = self.cleaned_data["training_until"]
        since = self.cleaned_data.get("trained_on")
        if until and since and until < since:
            raise forms.ValidationError(_("Den dagen är före utbildningen"))
        return until
