from typing import Any

from django.db import models
from django.utils import timezone
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page


class HomePage(Page):
    body = StreamField(
        [
            ("heading", blocks.CharBlock(form_classname="title")),
            ("paragraph", blocks.RichTextBlock()),
        ]
    )

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        events = EventPage.objects.live().filter(starts_at__gte=timezone.now())
        return super().get_context(request, *args, **kwargs) | {
            "events": events.order_by("starts_at")[:20],
            "menu": self.get_children().live().in_menu(),
        }


class EventPage(Page):
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=100)
    intro = models.CharField(max_length=200)


class TextPage(Page):
    body = StreamField([("paragraph", blocks.RichTextBlock())], blank=True)
