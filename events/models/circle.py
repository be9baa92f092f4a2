"""A study circle: what the study association is told of an activity, and how it is judged."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from events.study import Rules
from privacy.models import ConsentText


class Form(models.TextChoices):
    CIRCLE = "circle", _("Studiecirkel")
    OTHER = "other", _("Annan folkbildning")
    CULTURE = "culture", _("Kulturarrangemang")
    NONE = "none", _("Rapporteras inte")


# Where everyone who takes part is known by name.
NAMED = (Form.CIRCLE, Form.OTHER)
# The figures that matter where the audience is only counted.
COUNTED = {"shortest_meeting", "present_at_least", "meetings_at_least", "within_a_year"}


class Circle(models.Model):
    """What is true of an activity because it is reported, beside what visitors see of it.

    Not a part of the activity's revisions: publishing an old draft changes nothing here.
    """

    class Season(models.TextChoices):
        SPRING = "spring", _("Våren")
        AUTUMN = "autumn", _("Hösten")

    event = models.OneToOneField(
        "events.Event", models.PROTECT, related_name="circle", verbose_name=_("aktivitet")
    )
    form = models.CharField(_("form"), max_length=10, choices=Form, default=Form.CIRCLE)
    season = models.CharField(_("termin"), max_length=10, choices=Season)
    year = models.PositiveSmallIntegerField(_("år"), validators=[MinValueValidator(2000)])
    reference = models.CharField(
        _("nummer hos studieförbundet"), max_length=40, blank=True,
        help_text=_("Arrangemangets nummer. Det kommer när cirkeln är godkänd."),
    )  # fmt: skip
    contact = models.CharField(_("kontakt hos studieförbundet"), max_length=120, blank=True)
    approved_on = models.DateField(
        _("godkänd den"), null=True, blank=True,
        help_text=_("Både cirkeln och ledaren ska vara godkända före den första träffen."),
    )  # fmt: skip
    approved_by = models.CharField(_("godkänd av"), max_length=120, blank=True)
    plan = models.ForeignKey(
        "wagtaildocs.Document", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("arbetsplan"),
    )  # fmt: skip
    material = models.CharField(_("studiematerial"), max_length=200, blank=True)
    most = models.PositiveSmallIntegerField(
        _("högst så många i gruppen"), null=True, blank=True,
        help_text=_("Med ledaren. För samtalsgrupper brukar 8–10 vara lagom."),
    )  # fmt: skip
    # The words that the group promises each other; the same ones for everybody all the term.
    agreement = models.ForeignKey(
        ConsentText, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("det vi lovar varandra"),
    )  # fmt: skip
    performers = models.PositiveSmallIntegerField(_("antal medverkande"), null=True, blank=True)
    representative = models.CharField(_("ansvarig på plats"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("upplagd"), auto_now_add=True)
    handed_over_at = models.DateTimeField(_("överlämnad"), null=True, blank=True, editable=False)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False,
        related_name="+", verbose_name=_("överlämnad av"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("cirkel")
        verbose_name_plural = _("cirklar")
        permissions: ClassVar = [
            ("export_circle", _("Kan ta ut underlag till studieförbundet")),
            ("see_numbers", _("Får se och skriva in personnummer till studieförbundet")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_group_is_for_somebody", condition=Q(most__isnull=True) | Q(most__gte=1)
            )
        ]

    def __str__(self) -> str:
        return f"{self.event}, {self.term}"

    @property
    def term(self) -> str:
        """Hösten 2026"""
        return f"{self.get_season_display()} {self.year}"

    @property
    def is_named(self) -> bool:
        return self.form in NAMED


class CircleRulesQuerySet(models.QuerySet["CircleRules"]):
    def of(self, form: str, day: date) -> "CircleRules | None":
        """Those in force on a day; for a day before all of them, the first."""
        rows = self.filter(form=form).order_by("valid_from")
        return rows.filter(valid_from__lte=day).last() or rows.first()


def _figure(name: Any, words: Any = "") -> Any:
    return models.PositiveSmallIntegerField(
        name, help_text=words, validators=[MinValueValidator(1)]
    )


def _limit(name: Any, words: Any = "") -> Any:
    return models.PositiveSmallIntegerField(name, null=True, blank=True, help_text=words)


class CircleRules(models.Model):
    """The figures from one day on. A circle is judged by those of the day when it began.

    What has come into force is not changed: a changed rule is a new row with a later day.
    """

    form = models.CharField(_("form"), max_length=10, choices=Form.choices[:3])
    valid_from = models.DateField(_("gäller från"))
    hour_minutes = _figure(_("minuter i en studietimme"))
    shortest_meeting = _figure(_("kortaste möte i minuter"), _("Utan rast."))
    present_at_least = _figure(_("minst så många på ett möte"), _("Med ledaren."))
    meetings_at_least = _figure(_("minst så många möten"))
    hours_at_least = _figure(_("minst så många studietimmar"))
    people_at_least = _figure(_("minst så många deltagare"), _("Med ledaren."))
    people_at_most = _limit(_("högst så många deltagare"), _("Tomt betyder ingen gräns."))
    hours_a_meeting = _limit(_("högst så många timmar på ett möte"))
    meetings_a_week = _limit(_("högst så många möten i veckan"))
    hours_a_week = _limit(_("högst så många timmar i veckan"))
    hours_a_year = _limit(_("högst så många timmar på ett år"))
    person_meetings = _figure(_("en deltagare kommer minst så många gånger"))
    person_among_first = _limit(
        _("varav en av de första"), _("3 betyder: en gång på de tre första mötena.")
    )
    person_hours = _limit(_("en deltagare är med minst så många timmar"))
    youngest = _limit(_("fyller minst så många år under året"))
    within_a_year = models.BooleanField(_("slutar samma år som den börjar"), default=True)
    source = models.CharField(_("var det står"), max_length=200, blank=True)

    objects = CircleRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("regler för cirklar")
        verbose_name_plural = _("regler för cirklar")
        ordering: ClassVar = ["form", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "valid_from"], name="one_set_of_rules_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} från {self.valid_from}"

    @property
    def figures(self) -> Rules:
        names = Rules.__dataclass_fields__.keys() - {"named"}
        return Rules(named=self.form in NAMED, **{name: getattr(self, name) for name in names})

    @property
    def lines(self) -> list[tuple[str, Any]]:
        """Each figure with its name, as the office reads it. What has no limit is left out."""
        found = []
        for name in Rules.__dataclass_fields__.keys() - {"named"}:
            value: Any = getattr(self, name)
            field: Any = self._meta.get_field(name)
            if value is not None and (self.form in NAMED or name in COUNTED):
                words = value if not isinstance(value, bool) else (_("ja") if value else _("nej"))
                found.append((field.creation_counter, str(field.verbose_name), words))
        return [(label, value) for _place, label, value in sorted(found)]

    def is_in_force(self, today: date) -> bool:
        return self.valid_from <= today

    def clean(self) -> None:
        super().clean()
        if self.people_at_most is not None and self.people_at_most < (self.people_at_least or 0):
            raise ValidationError(
                {"people_at_most": _("Högst måste vara minst lika stort som minst.")}
            )


# What each column tells, in the words of the office.
FACTS = {
    "reference": _("Nummer hos studieförbundet"), "title": _("Aktivitetens titel"),
    "form": _("Form"), "organisation": _("Föreningen"), "contact": _("Kontaktperson"),
    "where": _("På plats eller digitalt"), "first_day": _("Första träffen"),
    "last_day": _("Sista träffen"), "meetings": _("Antal träffar"),
    "study_hours": _("Studietimmar"), "plan": _("Om arbetsplan finns"), "number": _("Nummer"),
    "role": _("Ledare eller deltagare"), "first_name": _("Förnamn"),
    "last_name": _("Efternamn"), "personal_number": _("Personnummer"), "street": _("Gata"),
    "postcode": _("Postnummer"), "town": _("Ort"), "phone": _("Telefon"), "email": _("E-post"),
    "protected": _("Skyddad identitet"), "days": _("En kolumn för varje träff"),
    "total": _("Summa"), "day": _("Datum"), "start": _("Börjar"), "end": _("Slutar"),
    "pause": _("Rast i minuter"), "present": _("Antal närvarande"), "kind": _("Sorts aktivitet"),
    "place": _("Plats"), "performers": _("Antal medverkande"), "audience": _("Publik"),
    "women": _("Kvinnor"), "men": _("Män"), "other": _("Annat"), "poster": _("Affisch"),
    "representative": _("Ansvarig på plats"),
}  # fmt: skip


class HandOverColumn(models.Model):
    """One column of the file to the study association, as the office wants it named and placed."""

    class Sheet(models.TextChoices):
        ARRANGEMENT = "arrangement", _("Arrangemang")
        PEOPLE = "people", _("Deltagare")
        ATTENDANCE = "attendance", _("Närvaro")
        MEETINGS = "meetings", _("Sammankomster")
        CULTURE = "culture", _("Kulturarrangemang")

    sheet = models.CharField(_("blad"), max_length=20, choices=Sheet)
    key = models.SlugField(_("uppgift"), max_length=40)
    header = models.CharField(_("rubrik"), max_length=60)
    position = models.PositiveSmallIntegerField(_("ordning"))
    is_shown = models.BooleanField(_("med i filen"), default=True)

    class Meta:
        verbose_name = _("kolumn i underlaget")
        verbose_name_plural = _("kolumner i underlaget")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "key"], name="each_column_once")
        ]

    def __str__(self) -> str:
        return self.header

    @property
    def fact(self) -> str:
        """What the column tells, whatever it is called in the file."""
        return str(FACTS[self.key])


@register_setting(icon="group")
class CircleSettings(BaseGenericSetting):
    study_association = models.CharField(
        _("studieförbund"), max_length=80, default="Studieförbundet Vuxenskolan"
    )
    contact = models.CharField(
        _("telefon till studieförbundet"), max_length=120, blank=True,
        help_text=_("Den som har skyddade uppgifter anmäls per telefon, aldrig i en fil."),
    )  # fmt: skip
    e_list = models.URLField(_("adress till e-listan"), blank=True)
    days_after_hand_over = models.PositiveSmallIntegerField(
        _("dagar som personnummer finns kvar efter överlämnandet"), default=14,
        help_text=_("Sedan gallras de av sig själva."),
    )  # fmt: skip
    days_after_last_meeting = models.PositiveSmallIntegerField(
        _("dagar som personnummer finns kvar efter sista träffen"), default=120,
        help_text=_("Gäller en cirkel som aldrig lämnas över."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("Studiecirklar")
