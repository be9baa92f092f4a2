"""Who the association is, and the numbers of the crisis page."""

from datetime import timedelta

from django.utils import timezone

from mail.models import Association
from pages.models import CrisisLine, CrisisSettings
from samvaro.demo_data.association import ASSOCIATION, CRISIS_CHECKERS
from samvaro.demo_data.crisis import CHECKED_BY, CHECKED_DAYS_AGO, LINES, Line


def load_association() -> None:
    for model, values in ((Association, ASSOCIATION), (CrisisSettings, CRISIS_CHECKERS)):
        row = model.load()
        for name, value in values.items():
            setattr(row, name, value)
        row.full_clean()
        row.save()


def load_crisis_lines() -> None:
    """Instead of the lines that a new site comes with."""
    CrisisLine.objects.all().delete()
    for number, line in enumerate(LINES, start=1):
        row = _row(line, order=number * 10)
        row.full_clean()
        row.save()


def _row(line: Line, *, order: int) -> CrisisLine:
    return CrisisLine(
        name=line.name,
        name_is_shown=line.name_is_shown,
        number=line.number,
        dial=line.dial,
        question=line.question,
        before=line.before,
        hours=line.hours,
        after=line.after,
        chat_url=line.chat_url,
        who_for=line.who_for,
        order=order,
        is_shown=line.is_shown,
        in_short_list=line.in_short_list,
        checked_on=timezone.localdate() - timedelta(days=CHECKED_DAYS_AGO),
        checked_by=CHECKED_BY if line.is_shown else "",
        source=line.source,
    )
