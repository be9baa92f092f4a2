"""Whom to call when it is urgent. Numbers change, so each one says who checked it and when."""

from datetime import date, timedelta
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page

from pages.models.base import CornerstonePage

# A number that nobody has called for this long is asked about (ux.md D8).
CHECK_EVERY = timedelta(days=90)
# From this age on the page itself says when it was checked.
SAY_WHEN_AFTER = timedelta(days=180)
# Numbers that were closed and must never be shown again: their ends, digits only.
CLOSED_NUMBERS = {"0771220060", "020220060", "08345873"}


class CrisisLineQuerySet(models.QuerySet["CrisisLine"]):
    def shown(self) -> "CrisisLineQuerySet":
        return self.filter(is_shown=True).order_by("order", "pk")

    def to_check(self, today: date) -> "CrisisLineQuerySet":
        """Shown to visitors, and nobody has checked it, or not for a long time."""
        return self.shown().filter(Q(checked_on__lt=today - CHECK_EVERY) | Q(checked_by=""))


class CrisisLine(models.Model):
    """One number to call, and the sentences around it."""

    class Question(models.TextChoices):
        """What a person in need asks; the headings of the page, in this order."""

        DANGER = "danger", _("Är det fara för ditt liv eller någon annans?")
        THOUGHTS = "thoughts", _("Har du tankar på att ta ditt liv?")
        CARE = "care", _("Vill du fråga vården?")
        NIGHT = "night", _("Vill du prata med någon i natt?")
        WORRIED = "worried", _("Är du orolig för någon?")

    name = models.CharField(_("namn"), max_length=60)
    name_is_shown = models.BooleanField(_("skriv ut namnet efter numret"), default=True)
    number = models.CharField(_("nummer, som det visas"), max_length=30)
    dial = models.CharField(
        _("nummer, som telefonen slår det"),
        max_length=20,
        validators=[RegexValidator(r"^\+?\d+$", _("Bara siffror, och + först om det behövs."))],
    )
    question = models.CharField(_("under rubriken"), max_length=10, choices=Question)
    before = models.CharField(
        _("före numret"), max_length=200, blank=True, help_text=_("Till exempel: Är det upptaget?")
    )
    hours = models.CharField(
        _("öppet"), max_length=120, blank=True, help_text=_("En mening: Öppet dygnet runt.")
    )
    after = models.CharField(
        _("efter numret"),
        max_length=200,
        blank=True,
        help_text=_("Till exempel: Du får vara anonym."),
    )
    chat_url = models.URLField(_("chatt"), blank=True)
    who_for = models.CharField(_("för vem"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("ordning"), default=10)
    is_shown = models.BooleanField(_("visas på sidan Akut hjälp"), default=True)
    in_short_list = models.BooleanField(_("med i korta listan"), default=False)
    checked_on = models.DateField(_("kontrollerad"), default=timezone.localdate)
    checked_by = models.CharField(
        _("kontrollerad av"), max_length=80, blank=True, help_text=_("Tomt: ingen har ringt än.")
    )
    source = models.CharField(_("källa"), max_length=200, blank=True)

    objects = CrisisLineQuerySet.as_manager()

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("dial")]),
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_is_shown")]),
        MultiFieldPanel(
            [
                FieldPanel("question"),
                FieldPanel("before"),
                FieldPanel("hours"),
                FieldPanel("after"),
                FieldPanel("chat_url"),
                FieldPanel("who_for"),
            ],
            heading=_("Så står det på sidan"),
        ),
        FieldRowPanel(
            [FieldPanel("order"), FieldPanel("is_shown"), FieldPanel("in_short_list")],
        ),
        MultiFieldPanel(
            [FieldPanel("checked_on"), FieldPanel("checked_by"), FieldPanel("source")],
            heading=_("Kontroll"),
            help_text=_("Ring numret eller titta på webbplatsen. Fyll sedan i dag och namn."),
        ),
    ]

    class Meta:
        verbose_name = _("akutnummer")
        verbose_name_plural = _("akutnummer")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}" if self.name != self.number else self.number

    def clean(self) -> None:
        super().clean()
        if "".join(filter(str.isdigit, self.dial)) in CLOSED_NUMBERS:
            raise ValidationError({"dial": _("Det numret är stängt. Det får inte visas igen.")})

    @property
    def called(self) -> str:
        """The name after the number, where the page says it."""
        return self.name if self.name_is_shown and self.name != self.number else ""

    @property
    def chat_host(self) -> str:
        return (urlsplit(self.chat_url).hostname or "").removeprefix("www.")

    def needs_check(self, today: date | None = None) -> bool:
        today = today or timezone.localdate()
        return not self.checked_by or self.checked_on < today - CHECK_EVERY

    def says_when(self, today: date | None = None) -> bool:
        """So old that the reader should know."""
        return self.checked_on < (today or timezone.localdate()) - SAY_WHEN_AFTER


class CrisisPage(CornerstonePage):
    """The page that the header of every page leads to. Its numbers are the crisis lines."""

    fixed_slug = "akut-hjalp"
    intro = models.CharField(_("inledning"), max_length=200, blank=True)
    advice = models.TextField(
        _("råd till den som är orolig för någon"),
        max_length=400,
        default=(
            "Fråga rakt ut om personen har tankar på att ta sitt liv. Det är inte farligt att "
            "fråga. Stanna kvar och hjälp till att ringa."
        ),
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("advice"),
    ]
    parent_page_types: ClassVar = ["pages.StartPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 1

    class Meta:
        verbose_name = _("akutsida")

    @property
    def lead(self) -> str:
        return self.intro

    @property
    def running_text(self) -> str:
        return f"{self.intro}\n{self.advice}"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"groups": groups()}


def groups() -> list[tuple[str, list[CrisisLine]]]:
    """The questions of the crisis page and the numbers that answer them, in order."""
    lines = list(CrisisLine.objects.shown())
    found = [
        (question, [line for line in lines if line.question == question])
        for question in CrisisLine.Question
    ]
    worried = CrisisLine.Question.WORRIED
    return [(str(q.label), rows) for q, rows in found if rows or q == worried]


@register_setting(icon="warning")
class CrisisSettings(BaseGenericSetting):
    """The two who are written to when the numbers should be checked."""

    first_name = models.CharField(_("namn"), max_length=60, blank=True)
    first_email = models.EmailField(_("e-post"), blank=True)
    second_name = models.CharField(_("namn på den andra"), max_length=60, blank=True)
    second_email = models.EmailField(_("e-post till den andra"), blank=True)

    class Meta:
        verbose_name = _("Vem kontrollerar akutnumren?")

    @property
    def recipients(self) -> list[str]:
        return [address for address in (self.first_email, self.second_email) if address]
