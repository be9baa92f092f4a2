"""The coordinator's one list: who has waited longest comes first (ux.md 2g)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, Exists, ExpressionWrapper, F, OuterRef
from django.db.models import DurationField as Duration
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from members.models import User
from volunteers.models import Lead, LeadQuerySet

Stage = Lead.Stage
# Of answers, those of so many days are averaged.
ANSWERS_OF = timedelta(days=90)

TODAY, THIS_WEEK, THEIR_TURN, RESTS = "today", "week", "theirs", "rests"
GROUPS = {
    TODAY: gettext_lazy("Svara i dag"),
    THIS_WEEK: gettext_lazy("Den här veckan"),
    THEIR_TURN: gettext_lazy("Väntar på svar från dem"),
    RESTS: gettext_lazy("Vilar till ett datum"),
}
# Once we have said something, the next word is theirs until the day that we look again.
_THEIRS = (Stage.CONTACTED, Stage.INTERVIEW, Stage.ONBOARDING)


@dataclass
class Group:
    key: str
    title: Any
    leads: list[Lead] = field(default_factory=list)

    @property
    def is_folded(self) -> bool:
        return self.key == RESTS


@dataclass(frozen=True)
class Numbers:
    """In words, not charts."""

    waiting: int
    late: int
    # In days, over the last three months; None when nobody has been answered.
    answer_time: float | None

    @property
    def words(self) -> str:
        parts = [
            ngettext("%d väntar på dig.", "%d väntar på dig.", self.waiting) % self.waiting
            if self.waiting
            else _("Ingen väntar på dig. Bra jobbat."),
        ]
        if self.late:
            parts.append(ngettext("%d är sen.", "%d är sena.", self.late) % self.late)
        if self.answer_time is not None:
            days = f"{self.answer_time:.1f}".replace(".", ",")
            parts.append(_("Svarstid i snitt: %s dagar.") % days)
        return " ".join(parts)


def leads_of(user: User | None) -> LeadQuerySet:
    """Open leads with all that a row shows. `user`: only theirs; everyone's when there is none."""
    rows = Lead.objects.open().select_related("owner").prefetch_related("interests")
    others = Lead.objects.filter(email_key=OuterRef("email_key")).exclude(pk=OuterRef("pk"))
    rows = rows.annotate(has_written_before=Exists(others))
    # The secrets are for the page of one person; a list does not even read them.
    rows = rows.defer("message", "good_time")
    return rows if user is None else rows.filter(owner=user)


def groups(user: User | None, today: date) -> list[Group]:
    """Four groups, in each the one who has waited longest first."""
    found = {key: Group(key, title) for key, title in GROUPS.items()}
    for lead in sorted(leads_of(user), key=lambda lead: lead.waits_since):
        if key := group_of(lead, today):
            found[key].leads.append(lead)
    return list(found.values())


def group_of(lead: Lead, today: date) -> str:
    """Where a lead stands in the list; nowhere, when somebody is active and all is well."""
    assert lead.next_on is not None
    if lead.next_on <= today or (lead.stage == Stage.NEW and is_half_way(lead, today)):
        return TODAY
    if lead.stage == Stage.NEW:
        return THIS_WEEK
    if lead.stage in _THEIRS:
        return THEIR_TURN
    if lead.next_on <= today + timedelta(days=6 - today.weekday()):
        return THIS_WEEK
    return "" if lead.stage == Stage.ACTIVE else RESTS


def is_half_way(lead: Lead, today: date) -> bool:
    """Half of the time that we promised has gone."""
    came = timezone.localdate(lead.created_at)
    return (today - came) * 2 >= lead.promised_on - came


def is_late(lead: Lead, today: date) -> bool:
    return lead.stage == Stage.NEW and (lead.promised_on < today or lead.apologised_at is not None)


def board(user: User | None) -> list[tuple[str, list[Lead]]]:
    """The same people in columns, by stage."""
    columns: dict[str, list[Lead]] = {
        stage: [] for stage in Stage.values if stage not in Lead.CLOSED
    }
    for lead in sorted(leads_of(user), key=lambda lead: lead.waits_since):
        columns[lead.stage].append(lead)
    return [(str(Stage(stage).label), leads) for stage, leads in columns.items()]


def numbers(shown: Iterable[Group], now: datetime) -> Numbers:
    today = timezone.localdate(now)
    leads = [lead for group in shown for lead in group.leads]
    waiting = [lead for lead in leads if lead.stage == Stage.NEW or group_of(lead, today) == TODAY]
    late = [lead for lead in waiting if is_late(lead, today)]
    return Numbers(len(waiting), len(late), _answer_time(now))


def _answer_time(now: datetime) -> float | None:
    took = ExpressionWrapper(F("answered_at") - F("created_at"), output_field=Duration())
    rows = Lead.objects.filter(answered_at__gte=now - ANSWERS_OF)
    mean = rows.aggregate(mean=Avg(took))["mean"]
    return mean / timedelta(days=1) if mean is not None else None


def counts_by_owner() -> dict[int, int]:
    """How many open leads each of us has."""
    rows = Lead.objects.open().values_list("owner").annotate(number=Count("pk")).order_by()
    return {owner: number for owner, number in rows if owner}
