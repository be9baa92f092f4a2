"""What a reader may choose about the newsletter, and where somebody asks for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsletters.models import Pace, Subscription
from privacy.forms import EmailField, PublicForm

PAUSE = "pause"


class AskForm(PublicForm):
    """An address and a yes."""

    purpose = "newsletter"

    email = EmailField(help_text=_("Hit skickar vi ett mejl där du säger ja."))


class ChoiceForm(forms.Form):
    """How often, and how it looks. Something is always chosen: what is so now."""

    use_required_attribute = False

    pace = forms.ChoiceField(
        label=_("Hur ofta vill du ha det?"),
        choices=[
            (Pace.WEEKLY.value, Pace.WEEKLY.label),
            (Pace.MONTHLY.value, _("En gång i månaden. Det viktigaste på en sida")),
            (Pace.MEETINGS.value, Pace.MEETINGS.label),
            (PAUSE, _("Paus i 3 månader")),
            (Pace.NONE.value, Pace.NONE.label),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Välj hur ofta du vill ha det"),
            "invalid_choice": _("Välj hur ofta du vill ha det"),
        },
    )
    text_only = forms.BooleanField(label=_("Bara text, inga bilder"), required=False)

    def __init__(self, data: Any = None, *, now: Subscription | None, is_paused: bool) -> None:
        pace = now.pace if now else Pace.WEEKLY.value
        super().__init__(
            data,
            initial={
                "pace": PAUSE if is_paused else pace,
                "text_only": now is not None and now.text_only,
            },
        )
        self.pace_now = pace if pace != Pace.NONE else Pace.WEEKLY.value

    @property
    def facts(self) -> dict[str, Any]:
        """As `choices.choose` takes them. A pause keeps the pace that comes after it."""
        typed, pauses = self.cleaned_data, self.cleaned_data["pace"] == PAUSE
        return {
            "pace": Pace(self.pace_now if pauses else typed["pace"]),
            "text_only": typed["text_only"],
            "pause": pauses,
        }


class AddressForm(forms.Form):
    """The code of a letter on paper, and where mail reaches its reader. Nothing is kept of a press
    that nobody confirms, so no yes is asked for."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Koden i brevet"),
        max_length=40,
        help_text=_("Åtta tecken. Stora eller små spelar ingen roll."),
        error_messages={"required": _("Skriv koden som står i brevet")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    email = EmailField(help_text=_("Hit skickar vi ett mejl där du säger ja."))
