"""The page around the list of activities: editors own the words, the activities are rows."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from pages import filters
from pages.blocks import Body
from pages.coming import coming
from pages.models.base import CornerstonePage
from privacy import edition


class ActivityIndexPage(CornerstonePage):
    """What happens, with filters as links."""

    fixed_slug = "aktiviteter"
    ingress = models.CharField(_("ingress"), max_length=200, blank=True)
    body = StreamField(
        Body(), blank=True, verbose_name=_("under listan"), help_text=_("Visas efter listan.")
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("ingress"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["pages.StartPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 1
    show_in_menus_default = True

    class Meta:
        verbose_name = _("aktivitetslista")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        choice = filters.choice(request.GET)
        events = coming(edition.words_of(request), now)
        return super().get_context(request, *args, **kwargs) | {
            "filters": filters.links(choice),
            "is_filtered": bool(choice),
            "activities": filters.page_of(choice, request.GET.get("sida"), events, now),
            "query": filters.query(choice),
            "now": now,
        }
