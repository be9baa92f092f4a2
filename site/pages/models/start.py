"""The first page: one sentence, three doors, what happens soon."""

from typing import Any, ClassVar, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.url_routing import RouteResult

from pages.coming import coming, with_places
from pages.models.base import CornerstonePage
from pages.models.news import NewsPage
from privacy import edition

# News on the start page (ux.md 3.1).
NEWS_SHOWN = 2


class WayIn(NamedTuple):
    """A door as a visitor sees it."""

    url: str
    text: str
    hint: str


class StartPage(CornerstonePage):
    """Three doors and what happens soon. Nothing else: a tired reader chooses among few things."""

    heading = models.CharField(_("rubrik"), max_length=60)
    ingress = models.CharField(_("ingress"), max_length=200)
    card_count = models.PositiveSmallIntegerField(
        _("antal aktiviteter"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(6)],
        help_text=_("Så många kort visas under Det här händer snart."),
    )
    welcome = RichTextField(
        _("ny här?"), features=["bold", "link"], blank=True, help_text=_("Två meningar räcker.")
    )
    photo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bild"),
    )
    photo_alt = models.CharField(
        _("beskriv bilden"), max_length=200, blank=True, help_text=_("Tomt om den är dekoration.")
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("ingress"),
        InlinePanel("doors", heading=_("Dörrar"), label=_("dörr"), min_num=3, max_num=3),
        FieldPanel("card_count"),
        MultiFieldPanel(
            [FieldPanel("welcome"), FieldPanel("photo"), FieldPanel("photo_alt")],
            heading=_("Ny här?"),
        ),
    ]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "pages.ActivityIndexPage",
        "pages.ContentPage",
        "pages.CrisisPage",
        "pages.NewsIndexPage",
        "pages.SectionPage",
        "pages.StatementPage",
    ]
    max_count = 1

    class Meta:
        verbose_name = _("startsida")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        now, words = timezone.now(), edition.words_of(request)
        return super().get_context(request, *args, **kwargs) | {
            "activities": with_places(coming(words, now)[: self.card_count], now),
            "doors": self.ways_in,
            "news": self._news(words),
            "now": now,
        }

    @cached_property
    def ways_in(self) -> list["WayIn"]:
        doors = self.doors.select_related("page") if self.pk else self.doors.all()
        return [WayIn(door.url, door.text, door.hint) for door in doors]

    @staticmethod
    def _news(words: str | None) -> list[NewsPage]:
        today = timezone.localdate()
        return edition.kept(
            words, f"news {today}", lambda: list(NewsPage.objects.current(today)[:NEWS_SHOWN])
        )

    def route(self, request: Any, path_components: list[str]) -> RouteResult:
        """The page at an address: looked up at once, where Wagtail walks down level by level."""
        if not path_components:
            return super().route(request, path_components)
        url_path = f"{self.url_path}{'/'.join(path_components)}/"
        page = Page.objects.filter(url_path=url_path).first()
        if page is None:
            raise Http404
        return page.specific.route(request, [])


class Door(Orderable):
    """One of the ways in."""

    start = ParentalKey(StartPage, on_delete=models.CASCADE, related_name="doors")
    text = models.CharField(_("text"), max_length=40)
    hint = models.CharField(_("en rad till"), max_length=80, blank=True)
    page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sida"),
    )
    address = models.CharField(
        _("eller adress"), max_length=200, blank=True, help_text=_("Till exempel /aktiviteter/")
    )

    panels: ClassVar = [
        FieldPanel("text"),
        FieldPanel("hint"),
        FieldPanel("page"),
        FieldPanel("address"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("dörr")
        verbose_name_plural = _("dörrar")

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.address):
            raise ValidationError({"address": _("Välj en sida eller skriv en adress.")})

    @property
    def url(self) -> str:
        return (self.page.url or "/") if self.page else (self.address or "/")
