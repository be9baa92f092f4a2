"""The page around what one can help with: editors own the words, the roles are rows."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from pages.blocks import Body
from pages.models.base import CornerstonePage
from pages.models.content import ContentPage
from volunteers.models import Role


class VolunteerIndexPage(CornerstonePage):
    """Vill du hjälpa till? A few words, the roles as cards, and the way to the form."""

    fixed_slug = "engagera-dig"
    heading = models.CharField(_("rubrik"), max_length=80, default="Vill du hjälpa till?")
    ingress = models.CharField(_("ingress"), max_length=200, blank=True)
    body = StreamField(
        Body(), blank=True, verbose_name=_("under korten"), help_text=_("Visas efter uppdragen.")
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("ingress"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["pages.StartPage"]
    subpage_types: ClassVar[list[str]] = ["pages.ContentPage"]
    max_count = 1
    show_in_menus_default = True

    class Meta:
        verbose_name = _("Engagera dig")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        roles = list(Role.objects.offered().prefetch_related("trainings"))
        return super().get_context(request, *args, **kwargs) | {
            "at_once": [role for role in roles if not role.trainings.all()],
            "after_training": [role for role in roles if role.trainings.all()],
            "subpages": self.cards(),
        }

    def cards(self) -> list[ContentPage]:
        if not self.pk:
            return []
        return list(ContentPage.objects.child_of(self).live().open_to_all().order_by("path"))
