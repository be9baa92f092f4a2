"""What all our page types have in common."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import (
    Page,
    PageManager,
    PagePermissionTester,
    PageQuerySet,
    PageViewRestriction,
)
from wagtail.search import index

from pages import blocks
from privacy import swedish
from prose import lix, wording

# A section with more words than this wants a heading within it (ux.md 3.3).
LONG_SECTION = 120


class SitePageQuerySet(PageQuerySet):
    def open_to_all(self) -> "SitePageQuerySet":
        """Wagtail's `public()`, asked in the same question as the pages themselves."""
        bars = PageViewRestriction.objects.annotate(
            asked_for=ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
        ).filter(asked_for__startswith=F("page__path"))
        return self.filter(~Exists(bars))


class SitePage(Page):
    """A page of the public site."""

    # The address that code and letters link to, for a page that there is one of.
    fixed_slug = ""
    # What bars the page, where somebody has asked already (pages.views.page).
    known_bars: list[PageViewRestriction] | None = None
    slug: str
    path: str
    objects = PageManager.from_queryset(SitePageQuerySet)()

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

    @property
    def weak_points(self) -> str:
        """What the checks beside the editor speak up about; the names of their rules."""
        score = lix.lix(self.running_text)
        hard = score is not None and score > lix.WARN_ABOVE
        found = {"hard-to-read": hard, "long-section": bool(self.long_section)}
        return " ".join(name for name, speaks_up in found.items() if speaks_up)

    @property
    def long_section(self) -> str:
        """The heading of the first section that is too long, or an empty string."""
        heading, count = self.title, 0
        for child in getattr(self, "body", None) or []:
            if child.block_type == "heading":
                heading, count = child.value["text"], 0
            elif child.block_type == "text":
                count += len(lix.words(wording.plain(child.value.source)))
                if count > LONG_SECTION:
                    return str(heading)
        return ""

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"trail": self.pages_above}

    @cached_property
    def pages_above(self) -> list[Page]:
        return self.trail()

    def trail(self) -> list[Page]:
        """The pages between the start page and this one."""
        if not self.path:
            return []
        # The start page is the second level, this page the last.
        return list(Page.objects.filter(path__in=self._line()[2:-1]).order_by("path"))

    def get_view_restrictions(self) -> Iterable[PageViewRestriction]:
        """What bars this page or one above it: Wagtail's answer, in one question instead of two.

        A page that is an alias has the bars of the page that it shows.
        """
        if self.known_bars is not None:
            return self.known_bars
        line = self._line()
        return PageViewRestriction.objects.filter(
            models.Q(page__path__in=line) | models.Q(page__aliases__path__in=line)
        ).distinct()

    def _line(self) -> list[str]:
        """The paths in the tree from its root to this page."""
        step = Page.steplen
        return [self.path[:end] for end in range(step, len(self.path) + 1, step)]


class StayPermissions(PagePermissionTester):
    """For pages that code and letters link to: only an administrator may take them away."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return bool(self.user.is_superuser and super().can_delete(ignore_bulk=ignore_bulk))

    def can_unpublish(self) -> bool:
        return bool(self.user.is_superuser and super().can_unpublish())


class CornerstonePage(SitePage):
    """A page without which the site would not hold together."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> StayPermissions:
        return StayPermissions(user, self)
