"""What the staff fills in on the way of a letter."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mail.templatetags.dates import clock, day_short
from newsletters.blocks import MOST_NEWS
from newsletters.models import Issue, Pace
from newsletters.models.issue import LONGEST_PREHEADER, LONGEST_SUBJECT
from newsletters.services.audience import MEMBERS, SUBSCRIBERS, Choice, group_choices
from newsletters.services.typed import problem_in_the_inbox

# Letters in one test (ux.md 2i).
MOST_TESTS = 5


class NewsForm(forms.Form):
    """Which news the letter tells."""

    news: Any = forms.ModelMultipleChoiceField(
        label=_("Nyheter"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("En av nyheterna visas inte längre. Välj igen.")},
    )

    def __init__(self, *args: Any, chosen: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = apps.get_model("pages", "NewsPage").objects
        current = rows.current(timezone.localdate()) | rows.filter(pk__in=list(chosen))
        field: Any = self.fields["news"]
        field.queryset = current.order_by("-first_published_at")

    def clean_news(self) -> list[Any]:
        found = list(self.cleaned_data["news"])
        if len(found) > MOST_NEWS:
            text = _now("Välj högst %(most)d. Läsaren orkar inte fler.")
            raise forms.ValidationError(text % {"most": MOST_NEWS})
        return found


class BeginForm(NewsForm):
    """A new letter."""

    kind = forms.ChoiceField(
        label=_("Vad är det för brev?"),
        choices=Issue.Kind.choices,
        initial=Issue.Kind.NEWSLETTER,
        widget=forms.RadioSelect,
    )
    field_order = ("kind", "news")


class InboxForm(forms.Form):
    """What stands in the inbox, also on a locked screen."""

    use_required_attribute = False

    subject = forms.CharField(
        label=_("Ämnesrad"),
        max_length=LONGEST_SUBJECT,
        help_text=_("Högst 50 tecken. Inget om hälsa."),
        error_messages={
            "required": _("Skriv en ämnesrad"),
            "max_length": _("Högst %(limit_value)d tecken. Nu är det %(show_value)d."),
        },
    )
    preheader = forms.CharField(
        label=_("Förhandstext"),
        max_length=LONGEST_PREHEADER,
        help_text=_("Syns efter ämnesraden. 40–90 tecken, något nytt."),
        error_messages={
            "required": _("Skriv en förhandstext"),
            "max_length": _("Högst %(limit_value)d tecken. Nu är det %(show_value)d."),
        },
    )

    def clean_subject(self) -> str:
        return self._line("subject")

    def clean_preheader(self) -> str:
        return self._line("preheader")

    def _line(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        if problem := problem_in_the_inbox(text):
            raise forms.ValidationError(problem)
        return text


class ReadersForm(forms.Form):
    """Whom an issue is for. Groups make the choice narrower."""

    to = forms.MultipleChoiceField(
        label=_("Till"),
        choices=[(MEMBERS, _("Medlemmar")), (SUBSCRIBERS, _("Prenumeranter"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj vilka brevet är till")},
    )
    paces = forms.MultipleChoiceField(
        label=_("Som har valt"),
        choices=[(pace.value, pace.label) for pace in Pace if pace != Pace.NONE],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst en takt")},
    )
    within = forms.MultipleChoiceField(
        label=_("Bara de som också …"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Under en rubrik räcker det att ett kryss stämmer. Inga kryss betyder alla."),
    )
    without = forms.MultipleChoiceField(
        label=_("Men inte de som …"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Stämmer något kryss får personen inget brev."),
    )

    def __init__(self, *args: Any, is_notice: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("within", "without"):
            chosen = self.initial.get(name, ())
            self.fields[name].choices = group_choices(chosen)  # type: ignore[attr-defined]
        if is_notice:
            for name in ("to", "paces"):
                del self.fields[name]

    @property
    def choice(self) -> Choice:
        chosen: dict[str, Any] = {name: tuple(data) for name, data in self.cleaned_data.items()}
        return Choice(**chosen)


class WhenForm(forms.Form):
    """When it should go: at once, at the hour that is good, or at one that is typed."""

    NOW, GOOD, OTHER = "now", "good", "other"

    when = forms.ChoiceField(label=_("När"), widget=forms.RadioSelect, initial=NOW)
    day = forms.DateField(
        label=_("Dag"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    hour = forms.TimeField(
        label=_("Tid"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, data: Any = None, *, good: datetime, wanted_at: datetime | None) -> None:
        super().__init__(data, initial=self._as_chosen(good, wanted_at))
        self.good = good
        words = f"{day_short(good)} {clock(good)}".capitalize()
        self.fields["when"].choices = [  # type: ignore[attr-defined]
            (self.NOW, _("Nu")),
            (self.GOOD, words),
            (self.OTHER, _("En annan dag")),
        ]

    def _as_chosen(self, good: datetime, wanted_at: datetime | None) -> dict[str, Any]:
        if wanted_at is None:
            return {"when": self.NOW}
        if wanted_at == good:
            return {"when": self.GOOD}
        local = timezone.localtime(wanted_at)
        return {"when": self.OTHER, "day": local.date(), "hour": local.time()}

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("when") != self.OTHER:
            return typed
        if not typed.get("day") or not typed.get("hour"):
            if not {"day", "hour"} & set(self.errors):
                self.add_error("day", _now("Skriv både dag och tid."))
            return typed
        if self._moment(typed["day"], typed["hour"]) < timezone.now():
            self.add_error("day", _now("Den tiden har varit. Välj en senare."))
        first, last = settings.NEWSLETTER_HOURS
        if not first <= typed["hour"].hour < last:
            text = _now("Brev går mellan klockan %(first)d och %(last)d.")
            self.add_error("hour", text % {"first": first, "last": last})
        return typed

    @staticmethod
    def _moment(day: date, hour: time) -> datetime:
        return timezone.make_aware(datetime.combine(day, hour))

    @property
    def wanted_at(self) -> datetime | None:
        typed = self.cleaned_data
        if typed["when"] == self.OTHER:
            return self._moment(typed["day"], typed["hour"])
        return self.good if typed["when"] == self.GOOD else None


class TrialForm(forms.Form):
    """Where a test goes."""

    to = forms.CharField(
        label=_("Skicka ett test till"),
        max_length=600,
        help_text=_("Högst fem adresser, med komma mellan."),
        error_messages={"required": _("Skriv minst en adress")},
    )

    def clean_to(self) -> list[str]:
        found = [part.strip() for part in self.cleaned_data["to"].replace(";", ",").split(",")]
        addresses = list(dict.fromkeys(part for part in found if part))
        for address in addresses:
            try:
                validate_email(address)
            except forms.ValidationError as error:
                text = _now("”%(typed)s” ser inte ut som en adress.") % {"typed": address[:60]}
                raise forms.ValidationError(text) from error
        if len(addresses) > MOST_TESTS:
            raise forms.ValidationError(_now("Högst fem adresser."))
        return addresses


class YesForm(forms.Form):
    """Shall we send it? The number and the words that are said yes to are those that were shown."""

    shown = forms.IntegerField(widget=forms.HiddenInput)
    mark = forms.CharField(widget=forms.HiddenInput, max_length=32)
