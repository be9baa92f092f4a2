"""What all our page types have in common."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from pages import blocks, lix
from privacy import swedish


class SitePage(Page):
    """A page of the public site."""

    # The address that code and letters link to, for a page that there is one of.
    fixed_slug = ""
    # Nobody but an administrator takes this page away.
    must_stay = False

    show_in_menus_default = False
    promote_panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldPanel("slug", heading=_("adress")),
                FieldPanel("search_description", heading=_("beskrivning för sökmotorer")),
                FieldPanel("show_in_menus", heading=_("visa i menyn")),
            ],
            heading=_("Adress och meny"),
        )
    ]
    search_fields: ClassVar = [*Page.search_fields, index.AutocompleteField("search_words")]

    class Meta:
        abstract = True

    @cached_property
    def lead(self) -> str:
        """The one or two sentences that stand for the page in lists and to search engines."""
        return str(getattr(self, "ingress", ""))

    @cached_property
    def running_text(self) -> str:
        """Everything that a reader meets on the page, for counting and checking."""
        body = getattr(self, "body", None)
        return "\n".join(filter(None, [self.lead, blocks.words_of(body) if body else ""]))

    @property
    def search_words(self) -> str:
        """What the site's own search finds the page by."""
        body = getattr(self, "body", None)
        text = blocks.words_of(body, everything=True) if body else ""
        return " ".join([swedish.with_tails(f"{self.title} {self.lead}"), *swedish.words(text)])

    @property
    def minutes_to_read(self) -> int:
        return lix.minutes_to_read(self.running_text)

    @property
    def description(self) -> str:
        return str(self.search_description) or self.lead

    def clean(self) -> None:
        super().clean()
        if self.fixed_slug and self.slug != self.fixed_slug:
            raise ValidationError(
                {"slug": _("Andra sidor länkar hit. Adressen ska vara %s.") % self.fixed_slug}
            )

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if self.fixed_slug and not self.slug:
            self.slug = self.fixed_slug
        super().full_clean(*args, **kwargs)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"trail": self.trail()}

    def trail(self) -> list[Page]:
        """The pages above this one, the start page first."""
        return list(self.get_ancestors().filter(depth__gt=1)) if self.depth else []
