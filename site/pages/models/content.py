"""Sections and the pages in them: most of what the site says."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from pages.blocks import Body, WideBody
from pages.models.base import SitePage
from pages.models.crisis import CrisisLine


class SectionPage(SitePage):
    """The front page of a part of the site: a few words, and the pages below as cards."""

    ingress = models.CharField(_("ingress"), max_length=200)
    shows_subpages = models.BooleanField(_("visa undersidor som kort"), default=True)
    body = StreamField(WideBody(), blank=True, verbose_name=_("innehåll"))

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("ingress"),
        FieldPanel("shows_subpages"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["pages.StartPage"]
    subpage_types: ClassVar = ["pages.ContentPage"]
    show_in_menus_default = True

    class Meta:
        verbose_name = _("avdelning")
        verbose_name_plural = _("avdelningar")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"subpages": self.cards()}

    def cards(self) -> list["ContentPage"]:
        if not (self.shows_subpages and self.pk):
            return []
        return list(ContentPage.objects.child_of(self).live().open_to_all().order_by("path"))


class ContentPage(SitePage):
    """A page to read."""

    ingress = models.CharField(_("ingress"), max_length=200)
    content_warning = models.CharField(
        _("innehållsvarning"),
        max_length=120,
        blank=True,
        help_text=_("Till exempel: Texten handlar om självmord."),
    )
    in_short = models.TextField(
        _("kort sagt"),
        max_length=400,
        blank=True,
        help_text=_("En till tre meningar. Behövs när sidan är längre än 400 ord."),
    )
    body = StreamField(Body(), blank=True, verbose_name=_("innehåll"))
    reviewed_on = models.DateField(_("granskad"), null=True, blank=True)
    reviewed_by = models.CharField(_("granskad av"), max_length=80, blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("ingress"),
        FieldPanel("content_warning"),
        FieldPanel("in_short"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("reviewed_on"), FieldPanel("reviewed_by")], heading=_("Granskning")
        ),
    ]
    parent_page_types: ClassVar = [
        "pages.StartPage",
        "pages.SectionPage",
        "pages.VolunteerIndexPage",
    ]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("sida")
        verbose_name_plural = _("sidor")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        lines = CrisisLine.objects.shown().filter(in_short_list=True)
        return super().get_context(request, *args, **kwargs) | {
            "short_list": lines if self.content_warning else []
        }

    @property
    def running_text(self) -> str:
        return f"{super().running_text}\n{self.in_short}".strip()
