"""News: short, dated, and gone from the lists when they are old."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager

from pages.blocks import Body
from pages.models.base import SitePage, SitePageQuerySet

# A headline that fits on two lines of a phone, in characters (ux.md 2i).
LONGEST_HEADLINE = 60
# News on one page of the list.
NEWS_PER_PAGE = 10


def in_six_months() -> date:
    """The same day half a year on; the last of the month where that day is missing."""
    today = timezone.localdate()
    year, month = today.year + (today.month + 5) // 12, (today.month + 5) % 12 + 1
    for day in (today.day, 30, 29, 28):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


class NewsQuerySet(SitePageQuerySet):
    def current(self, today: date) -> "NewsQuerySet":
        """What the lists show: published, open to all, not past its end; the newest first."""
        return (
            self.live()
            .open_to_all()
            .filter(show_until__gte=today)
            .order_by("-first_published_at", "-pk")
        )


class NewsIndexPage(SitePage):
    """The list of news."""

    fixed_slug = "nyheter"
    ingress = models.CharField(_("ingress"), max_length=200, blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("ingress")]
    parent_page_types: ClassVar = ["pages.StartPage"]
    subpage_types: ClassVar = ["pages.NewsPage"]
    max_count = 1
    show_in_menus_default = True

    class Meta:
        verbose_name = _("nyhetslista")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        news = NewsPage.objects.current(timezone.localdate())
        pager = Paginator(news, NEWS_PER_PAGE)
        return super().get_context(request, *args, **kwargs) | {
            "news": pager.get_page(request.GET.get("sida"))
        }


class NewsPage(SitePage):
    """One piece of news. Its summary is also the card and the newsletter's first words."""

    summary = models.CharField(_("sammanfattning"), max_length=200)
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bild"),
    )
    image_alt = models.CharField(
        _("beskriv bilden för den som inte ser"), max_length=200, blank=True
    )
    image_is_decoration = models.BooleanField(_("bilden är bara dekoration"), default=False)
    body = StreamField(Body(), blank=True, verbose_name=_("innehåll"))
    show_until = models.DateField(
        _("visas till"),
        default=in_six_months,
        help_text=_("Efter den dagen syns nyheten inte i listor."),
    )

    objects = PageManager.from_queryset(NewsQuerySet)()

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("image"),
                FieldPanel("image_alt"),
                FieldPanel("image_is_decoration"),
            ],
            heading=_("Bild"),
        ),
        FieldPanel("body"),
        FieldPanel("show_until"),
    ]
    parent_page_types: ClassVar = ["pages.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("nyhet")
        verbose_name_plural = _("nyheter")

    @property
    def lead(self) -> str:
        return self.summary

    @property
    def shown_since(self) -> Any:
        return self.first_published_at or timezone.now()

    def clean(self) -> None:
        super().clean()
        if len(self.title) > LONGEST_HEADLINE:
            raise ValidationError(
                {"title": _("Rubriken är för lång. Högst %s tecken.") % LONGEST_HEADLINE}
            )
