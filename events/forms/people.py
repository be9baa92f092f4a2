"""The shape and wording of what people type about activities."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import Event, Interest
from events.services import overview
from events.services.answers import LONGEST
from events.services.office import WhenFull
from mail.templatetags.dates import date_long
from privacy.forms import EmailField, PersonForm

# Who reads an answer, as the form says it.
READ_BY: dict[str, Any] = {
    Event.Readers.OFFICE: _("Bara samordnarna läser ditt svar."),
    Event.Readers.LEADER: _("Bara samordnarna och ledaren läser ditt svar."),
}


class SignUpForm(PersonForm):
    """Two fields and a yes: a place, or a place in the queue.

    One more where people may come together, and one where the organiser must know something. Both
    may be left as they are.
    """

    purpose = "events"

    def __init__(self, *args: Any, most_together: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most_together = most_together
        if most_together > 1:
            self.fields["party"] = forms.TypedChoiceField(
                label=_("Kommer ni flera? (valfritt)"),
                help_text=_("Ni får platser tillsammans, eller väntar tillsammans."),
                choices=[(1, _("Bara jag")), *_persons(most_together)],
                coerce=int,
                empty_value=1,  # type: ignore[arg-type]  # what `coerce` gives
                required=False,
                error_messages={"invalid_choice": _("Välj hur många ni är")},
            )
            self._yes_last()

    def _yes_last(self) -> None:
        self.order_fields([*(name for name in self.fields if name != "consent"), "consent"])

    def clean(self) -> None:
        super().clean()
        self.cleaned_data.setdefault("party", 1)

    def ask(self, event: Event) -> None:
        """With why, who reads the answer, and when it dies."""
        if not event.takes_answers() or event.question_dies_on is None:
            return
        words = {
            "purpose": event.question_purpose,
            "day": date_long(event.question_dies_on),
            "who": READ_BY[event.question_readers],
        }
        self.fields["question"] = forms.CharField(
            label=_("%(question)s (valfritt)") % {"question": event.question},
            max_length=LONGEST,
            required=False,
            help_text=_("Vi frågar för att %(purpose)s. %(who)s Det raderas %(day)s.") % words,
            error_messages={"max_length": _("Texten är för lång. Skriv lite kortare")},
        )
        self._yes_last()


def _persons(most: int) -> list[tuple[int, Any]]:
    return [
        (number, _("%(number)d personer") % {"number": number}) for number in range(2, most + 1)
    ]


class WishesForm(forms.Form):
    """When and how it suits somebody. Everything may be left empty."""

    use_required_attribute = False

    times = forms.MultipleChoiceField(
        label=_("När passar det? (valfritt)"),
        required=False,
        choices=[("day", _("Dagtid")), ("evening", _("Kväll")), ("weekend", _("Helg"))],
        widget=forms.CheckboxSelectMultiple,
    )
    mode = forms.ChoiceField(
        label=_("Hur? (valfritt)"),
        required=False,
        choices=Interest.Mode.choices,
        widget=forms.RadioSelect,
    )


class InterestForm(WishesForm, PersonForm):
    """Interest in what has no date yet: name, address, what suits, and a yes."""

    purpose = "events"
    field_order = ("name", "email", "times", "mode", "consent")


class OfficeSignUpForm(forms.Form):
    """Somebody who phoned: the office types it for them."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Namn"), max_length=80, error_messages={"required": _("Skriv ett namn")}
    )
    email = EmailField(
        label=_("E-post (valfritt)"),
        required=False,
        help_text=_("Utan e-post får personen inga brev. Då behöver ni ringa."),
    )
    phone = forms.CharField(label=_("Telefon (valfritt)"), max_length=30, required=False)
    party = forms.TypedChoiceField(
        label=_("Hur många kommer?"),
        help_text=_("De får platser tillsammans, eller väntar tillsammans."),
        coerce=int,
        empty_value=1,  # type: ignore[arg-type]  # what `coerce` gives
        required=False,
        error_messages={"invalid_choice": _("Välj hur många de är")},
    )
    when_full = forms.ChoiceField(
        label=_("Det är fullt. Vad vill du göra?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj om personen ska stå i kön eller få en extra plats")},
    )
    consent = forms.BooleanField(
        label=_("Personen har sagt ja till att vi sparar uppgifterna"),
        error_messages={"required": _("Fråga om vi får spara uppgifterna, och kryssa i")},
    )

    def __init__(self, *args: Any, event: Event, is_full: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if event.most_together > 1:
            several = [(1, _("En person")), *_persons(event.most_together)]
            self.fields["party"].choices = several  # type: ignore[attr-defined]  # a ChoiceField
            self.fields["when_full"].label = _("Platserna räcker inte. Vad vill du göra?")
        else:
            del self.fields["party"]
        choices = WhenFull.choices if event.waiting_list else WhenFull.choices[1:]
        if is_full:
            self.fields["when_full"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        else:
            del self.fields["when_full"]

    def clean(self) -> None:
        super().clean()
        reachable = self.cleaned_data.get("email") or self.cleaned_data.get("phone")
        if not reachable and "email" not in self.errors:
            self.add_error("phone", _("Skriv e-post eller telefon, så att vi når personen"))


class ActivityField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return overview.line(obj)


class MoveForm(forms.Form):
    """Where to, and what if it is full there."""

    use_required_attribute = False

    to = ActivityField(
        label=_("Flytta till"),
        queryset=Event.objects.none(),
        empty_label=_("Välj aktivitet"),
        error_messages={
            "required": _("Välj en aktivitet"),
            "invalid_choice": _("Dit går det inte att flytta längre. Välj en annan aktivitet"),
        },
    )
    queue_if_full = forms.BooleanField(
        label=_("Ställ personen i kön om det är fullt där"), required=False
    )

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = choices  # type: ignore[attr-defined]  # a ModelChoiceField
