"""Volunteers in every stage, shifts of the coming weeks, and duties. Nobody is written to."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from members.models import User
from privacy.addresses import mail_key
from privacy.services import note_consent
from samvaro.demo_data.people import person
from samvaro.demo_data.volunteers import DUTIES, LEADS, ROLES, SUPPORT, TRAININGS, LeadText
from volunteers.models import (
    Duty,
    Lead,
    LeadMove,
    Role,
    Shift,
    SupervisionMeeting,
    Training,
    VolunteerSettings,
)
from volunteers.services import assignments, who
from volunteers.services.moves import PLAN

Stage = Lead.Stage
# Role, weekday (Monday is 0), hours, least and most people.
SHIFTS = [("fikavard", 3, 17, 19, 2, 3), ("svara-i-telefon", 1, 13, 14, 1, 2)]
WEEKS = 4


def load_volunteers(users: dict[str, User]) -> None:
    VolunteerSettings.objects.update_or_create(
        pk=1, defaults={"coordinator": users["samordnare"], "chair": users["styrelse"]}
    )
    trainings = {
        name: Training.objects.create(name=name, valid_months=months)
        for name, months in TRAININGS.items()
    }
    for order, text in enumerate(ROLES):
        role = Role.objects.create(
            slug=text.slug, name=text.name, summary=text.summary, description=text.description,
            time_needed=text.time_needed, needs_mentor=text.needs_mentor, support=SUPPORT,
            order=10 * order,
        )  # fmt: skip
        role.trainings.set([trainings[name] for name in text.trainings])
    leads = [_lead(text, users["samordnare"]) for text in LEADS]
    _lay_out_shifts([lead for lead in leads if lead.stage == Stage.ACTIVE])
    _meet([lead for lead in leads if lead.stage == Stage.ACTIVE])
    for duty in DUTIES:
        Duty.objects.create(
            name=duty.name, when=duty.when, how_to=duty.how_to, owner=users[duty.owner],
            deputy=users.get(duty.deputy),
        )  # fmt: skip


def _lead(text: LeadText, owner: User) -> Lead:
    one, now = person(text.person), timezone.now()
    came, today = now - timedelta(days=text.days_ago), timezone.localdate()
    stage = Stage(text.stage)
    is_open = stage not in Lead.CLOSED
    due = today + timedelta(days=text.due)
    lead = Lead.objects.create(
        name=one.name, email=one.email, email_key=mail_key(one.email), pace=text.pace,
        phone="" if text.contact_by == "email" else one.phone, contact_by=text.contact_by,
        message=text.message, is_unsure=not text.interests, created_at=came,
        consent=note_consent("volunteers", at=came), stage=stage,
        stage_since=came + (now - came) / 2 if stage != Stage.NEW else came,
        owner=owner, next_step=PLAN[stage][0] if is_open else "",
        next_on=due if is_open else None,
        answered_at=None if stage == Stage.NEW else came + timedelta(days=1.4),
        paused_until=due if stage == Stage.PAUSED else None, **_promised(stage, came, due),
    )  # fmt: skip
    lead.interests.set(Role.objects.filter(slug__in=text.interests))
    lead.moves.create(
        at=came, by=LeadMove.By.PERSON, what=LeadMove.What.CREATED, to_stage=Stage.NEW, owner=owner
    )
    if stage != Stage.NEW:
        lead.moves.create(
            at=lead.stage_since, by=LeadMove.By.STAFF, actor=owner, what=LeadMove.What.STEP,
            from_stage=Stage.NEW, to_stage=stage, to_on=lead.next_on, owner=owner,
        )  # fmt: skip
    _give_roles(lead, text.roles)
    return lead


def _promised(stage: str, came: datetime, due: date) -> dict[str, Any]:
    """Who waits longer than was promised has been told so, and has a new day."""
    day = timezone.localdate(came)
    promise = who.promise(day)
    if stage != Stage.NEW:
        return {"promised_on": promise.answer_on, "alarm_on": promise.alarm_on}
    facts: dict[str, Any] = {"promised_on": due, "alarm_on": due + timedelta(days=3)}
    if promise.answer_on < timezone.localdate():
        facts["apologised_at"] = timezone.now() - timedelta(days=1)
    return facts


def _give_roles(lead: Lead, slugs: tuple[str, ...]) -> None:
    mentor = Lead.objects.filter(stage=Stage.ACTIVE).exclude(pk=lead.pk).first()
    for role in Role.objects.filter(slug__in=slugs).prefetch_related("trainings"):
        assignment = assignments.give_role(lead, role)
        assignment.started_on = timezone.localdate(lead.stage_since)
        assignment.mentor = mentor
        assignment.save(update_fields=["started_on", "mentor"])
        for training in role.trainings.all() if lead.stage == Stage.ACTIVE else ():
            assignments.note_training(lead, training, assignment.started_on)
    if slugs and lead.stage != Stage.ONBOARDING:
        assignments.agree(lead)


def _lay_out_shifts(active: list[Lead]) -> None:
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    for slug, weekday, begins, ends, least, most in SHIFTS:
        role = Role.objects.get(slug=slug)
        crew = [lead for lead in active if lead.assignments.filter(role=role).exists()]
        for week in range(1, WEEKS + 1):
            day = monday + timedelta(weeks=week, days=weekday)
            shift = Shift.objects.create(
                role=role, starts_at=_at(day, begins), ends_at=_at(day, ends),
                place="Föreningslokalen", min_crew=least, max_crew=most,
            )  # fmt: skip
            # The last week still needs people.
            for lead in crew if week < WEEKS else crew[:1]:
                shift.crew.create(lead=lead, taken_at=timezone.now())


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _meet(active: list[Lead]) -> None:
    today = timezone.localdate()
    for days, topic in ((-35, "När någon i gruppen mår dåligt"), (21, "Att lämna över")):
        meeting = SupervisionMeeting.objects.create(
            starts_at=_at(today + timedelta(days=days), 18), topic=topic,
            ends_at=_at(today + timedelta(days=days), 19), place="Föreningslokalen",
        )  # fmt: skip
        if days < 0:
            meeting.present.set(active[:3])
            meeting.noted_at = meeting.ends_at
            meeting.save(update_fields=["noted_at"])
