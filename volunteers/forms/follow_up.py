"""What a coordinator types on the phone."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import User
from privacy.words import health_word_in
from volunteers.forms.interest import LongTextField
from volunteers.models import Lead
from volunteers.services.drafts import Draft
from volunteers.services.writing import MOST_TIMES

FRIDAY = 4
# Terms begin on these days; the next one is at least so many days away.
TERMS = ((1, 15), (8, 20))
NOT_BEFORE = timedelta(days=14)
# Characters of a subject line that a phone shows (ux.md M8).
LONGEST_SUBJECT = 50
LONGEST_LETTER = 4000


def next_term(today: date) -> date:
    days = [date(year, *term) for year in (today.year, today.year + 1) for term in TERMS]
    return next(day for day in days if day >= today + NOT_BEFORE)


def this_friday(today: date) -> date:
    """The Friday of this week; on a Friday and in the weekend, of the next."""
    return today + timedelta(days=(FRIDAY - today.weekday() - 1) % 7 + 1)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class WhenField(forms.ChoiceField):
    widget = forms.RadioSelect

    def __init__(self) -> None:
        choices = [
            ("plan", _("Som planen säger")),
            ("tomorrow", _("I morgon")),
            ("friday", _("På fredag")),
            ("month", _("Om en månad")),
            ("term", _("Nästa termin")),
            ("day", _("Ett datum")),
        ]
        super().__init__(label=_("Följ upp"), choices=choices, required=False, initial="plan")


class StepForm(forms.Form):
    """The third button: what comes next."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    stage = forms.ChoiceField(label=_("Nytt läge"), choices=Lead.Stage.choices)
    when = WhenField()
    day = forms.DateField(
        label=_("Vilket datum? (valfritt)"), required=False, widget=DayInput(),
        error_messages={"invalid": _("Skriv datumet så här: 2027-03-15")},
    )  # fmt: skip
    note = LongTextField(
        label=_("Anteckning (valfritt)"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Skriv bara det som behövs. Personen har rätt att läsa det. Inget om diagnos."),
    )

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        data = self.cleaned_data
        if data.get("when") == "day" and not data.get("day") and "day" not in self.errors:
            self.add_error("day", _("Välj ett datum"))
        day = data.get("day")
        if data.get("when") == "day" and day and day < timezone.localdate():
            self.add_error("day", _("Välj i dag eller en dag som kommer"))
        return data

    @property
    def on(self) -> date | None:
        """The day of the next step; None for the plan's own."""
        today = timezone.localdate()
        days = {
            "tomorrow": today + timedelta(days=1),
            "friday": this_friday(today),
            "month": today + timedelta(days=30),
            "term": next_term(today),
            "day": self.cleaned_data.get("day"),
        }
        return days.get(self.cleaned_data["when"])


class LetterForm(forms.Form):
    """The words of a letter."""

    use_required_attribute = False

    subject = forms.CharField(
        label=_("Ämne"),
        max_length=LONGEST_SUBJECT,
        help_text=_("Syns på låsta skärmar. Inget om hälsa."),
        error_messages={"required": _("Skriv ett ämne")},
    )
    text = LongTextField(
        label=_("Brevet"), longest=LONGEST_LETTER, widget=forms.Textarea(attrs={"rows": 12})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["text"].error_messages["required"] = _("Skriv några ord")

    def clean_subject(self) -> str:
        subject = " ".join(str(self.cleaned_data["subject"]).split())
        if word := health_word_in(subject):
            text = _("”%s” kan säga något om hälsa. Välj ett annat ord i ämnet")
            raise forms.ValidationError(text % word)
        return subject


class DraftForm(LetterForm):
    """What letters begin from, with marks where names are to stand."""


class WriteForm(LetterForm):
    """A letter that began as one of ours and is now the coordinator's own."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = forms.DateField(
        label=_("När hör du av dig igen?"), required=False, widget=DayInput(),
        error_messages={"invalid": _("Skriv datumet så här: 2027-03-15")},
    )  # fmt: skip

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if draft.leads_to != Lead.Stage.WAITING:
            del self.fields["on"]
        for number in range(1, MOST_TIMES + 1) if draft.has_times else ():
            self.fields[f"time{number}"] = forms.DateTimeField(
                label=_("Tid %d (valfritt)") % number,
                required=False,
                widget=MomentInput(),
                input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
                error_messages={"invalid": _("Skriv tiden så här: 2027-03-15 14:00")},
            )

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(_("Välj en dag som kommer"))
        return day

    @property
    def times(self) -> list[Any]:
        names = [f"time{number}" for number in range(1, MOST_TIMES + 1)]
        return [self.cleaned_data[name] for name in names if self.cleaned_data.get(name)]


class ColleagueField(forms.ModelChoiceField):
    """One of us who can follow up."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), **kwargs)

    def offer(self, people: list[User]) -> None:
        self.queryset = User.objects.filter(pk__in=[user.pk for user in people])


class HandOverForm(forms.Form):
    use_required_attribute = False

    to = ColleagueField(
        label=_("Till vem?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Välj vem som tar över")},
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(people)  # type: ignore[attr-defined]  # a ColleagueField


class AwayForm(forms.Form):
    """Dates, and who steps in. No field for a reason."""

    use_required_attribute = False

    from_on = forms.DateField(
        label=_("Från och med"), widget=DayInput(),
        error_messages={
            "required": _("Välj en dag"), "invalid": _("Skriv datumet så här: 2027-03-15"),
        },
    )  # fmt: skip
    until_on = forms.DateField(
        label=_("Till och med (valfritt)"), required=False, widget=DayInput(),
        help_text=_("Lämna tomt om du inte vet"),
        error_messages={"invalid": _("Skriv datumet så här: 2027-03-15")},
    )  # fmt: skip
    deputy = ColleagueField(
        label=_("Vem tar över?"),
        required=False,
        blank=True,
        widget=forms.RadioSelect,
        empty_label=_("Ingen, flytta fram dagarna om det går"),
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].offer(people)  # type: ignore[attr-defined]  # a ColleagueField

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("Sista dagen är före den första"))
        if last and last < timezone.localdate():
            self.add_error("until_on", _("Välj en dag som kommer"))
        return self.cleaned_data
