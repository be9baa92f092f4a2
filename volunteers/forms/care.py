"""What is missing in care, told by anyone; sorted and taken further by us. And the telephone."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.forms import TimedForm
from volunteers.forms.nameless import NamelessForm, text_box
from volunteers.forms.office import DAY, OfficeForm, OfficeModelForm
from volunteers.models import CareTheme, Council, PhoneCall

LONGEST_TEXT = 2000
# So far back somebody may note a call that was forgotten, in days.
LATEST = timedelta(days=31)


class TellForm(TimedForm, NamelessForm):
    theme = forms.ModelChoiceField(
        label=_("Vad handlar det om? (valfritt)"),
        queryset=CareTheme.objects.none(),
        required=False,
        blank=True,
        widget=forms.RadioSelect,
        to_field_name="slug",
        empty_label=_("Något annat, eller vet inte"),
    )
    text = forms.CharField(
        label=_("Vad hände, eller vad saknades?"),
        max_length=LONGEST_TEXT,
        help_text=_("Skriv inga namn. Skriv inte om diagnos eller mediciner."),
        error_messages={
            "required": _("Skriv några ord om vad som hände"),
            "max_length": _("Texten är för lång. Högst 2 000 tecken går in"),
        },
        widget=text_box(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = CareTheme.objects.filter(is_offered=True)
        self.fields["theme"].queryset = themes  # type: ignore[attr-defined]  # a choice of rows


class ThemeForm(OfficeModelForm):
    class Meta:
        model = CareTheme
        fields = ("name", "order", "is_offered")


class SortForm(OfficeForm):
    gap = forms.IntegerField(widget=forms.HiddenInput)
    theme = forms.ModelChoiceField(label=_("Tema"), queryset=CareTheme.objects.all())


class TakeForm(OfficeForm):
    council = forms.ModelChoiceField(label=_("Patientråd"), queryset=Council.objects.none())
    title = forms.CharField(
        label=_("Fråga"),
        max_length=160,
        help_text=_("Frågan i stort. Inget om en enskild person."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Council.objects.open(timezone.localdate()).select_related("organisation")
        self.fields["council"].queryset = rows  # type: ignore[attr-defined]  # a choice of rows


class PhoneForm(NamelessForm):
    LENGTHS: ClassVar = [
        (5, "5"),
        (10, "10"),
        (15, "15"),
        (20, "20"),
        (30, "30"),
        (45, "45"),
        (60, "60"),
    ]

    minutes = forms.TypedChoiceField(
        label=_("Ungefär hur många minuter?"),
        choices=LENGTHS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur länge ni pratade")},
    )
    category = forms.ChoiceField(
        label=_("Om vad?"),
        choices=PhoneCall.Category.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad samtalet handlade om")},
    )
    on = forms.DateField(
        label=_("Dag"),
        widget=DAY,
        initial=timezone.localdate,
        error_messages={
            "required": _("Välj dag"),
            "invalid": _("Skriv dagen så här: 2026-12-10"),
        },
    )

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        today = timezone.localdate()
        if not today - LATEST <= day <= today:
            raise forms.ValidationError(_("Välj en dag under den senaste månaden"))
        return day
