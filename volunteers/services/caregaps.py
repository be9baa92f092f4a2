"""What is missing in care: told without a name, sorted into themes, taken to a council."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.text import slugify

from privacy.models import AccessLog
from privacy.services import note_access
from volunteers.models import CareGap, CareTheme, Council, CouncilIssue

ABOUT = "volunteers.CareGap"
# A number below this might be one person whom somebody knows: it is not shown.
SMALLEST_CELL = 5


def tell(key: uuid.UUID, *, theme: CareTheme | None, text: str) -> CareGap:
    """Keep what somebody told us. The same key again is the same press."""
    facts = {"theme": theme, "text": text, "told_on": timezone.localdate()}
    return CareGap.objects.get_or_create(submission=key, defaults=facts)[0]


@dataclass(frozen=True)
class Row:
    """One theme in one year. `number` is None when it is too small to be shown."""

    theme: CareTheme
    number: int | None
    issues: list[CouncilIssue]

    @property
    def is_small(self) -> bool:
        return self.number is None


def board(year: int) -> list[Row]:
    """The themes of a year, the largest first. No sum: what is hidden could be worked out."""
    in_year = Count("gaps", filter=Q(gaps__told_on__year=year))
    themes: Any = CareTheme.objects.annotate(number=in_year).prefetch_related(
        "issues__council__organisation"
    )
    rows = [Row(theme, _shown(theme.number), list(theme.issues.all())) for theme in themes]
    return sorted(rows, key=lambda row: (-(row.number or 0), row.theme.order, row.theme.name))


def _shown(number: int) -> int | None:
    return number if number >= SMALLEST_CELL else None


def years() -> list[int]:
    found: Any = CareGap.objects.order_by().values_list("told_on__year", flat=True).distinct()
    return sorted({*found, timezone.localdate().year}, reverse=True)


def to_sort(actor: Any) -> list[CareGap]:
    """What nobody has found a theme for yet. That somebody reads it is noted."""
    rows = list(CareGap.objects.filter(theme=None)[:20])
    if rows:
        reason = f"{len(rows)} texter"
        note_access(actor, action=AccessLog.Action.REVEAL, about=ABOUT, reason=reason)
    return rows


def sort(gap: CareGap, theme: CareTheme) -> CareGap:
    """Which theme it belongs to. Sorted again, the last one counts."""
    gap.theme = theme
    gap.save(update_fields=["theme"])
    return gap


@transaction.atomic
def take_to_council(theme: CareTheme, council: Council, *, title: str) -> CouncilIssue:
    """The theme becomes an issue there, and what comes of it is followed. Once while it is open."""
    theme = CareTheme.objects.select_for_update().get(pk=theme.pk)
    open_ones = CouncilIssue.objects.exclude(state__in=CouncilIssue.SETTLED)
    same = open_ones.filter(theme=theme, council=council).first()
    if same:
        return same
    return CouncilIssue.objects.create(
        theme=theme, council=council, title=title, raised_on=timezone.localdate()
    )


def save_theme(theme: CareTheme) -> CareTheme:
    if not theme.slug:
        theme.slug = slugify(theme.name)[:70] or f"tema-{CareTheme.objects.count() + 1}"
        if CareTheme.objects.filter(slug=theme.slug).exists():
            theme.slug = f"{theme.slug}-{CareTheme.objects.count() + 1}"
    theme.save()
    return theme
