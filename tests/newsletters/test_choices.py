"""What a mailbox wants: asked, confirmed, changed, paused, ended, and forgotten."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mail.models import Letter
from mail.services.outbox import deliver_due
from newsletters.models import OptIn, Pace, Subscription, Suppression
from newsletters.services import choices
from newsletters.services.suppression import hash_of, suppress
from privacy.models import Consent
from privacy.services import erase_person, export_person, weed

pytestmark = pytest.mark.django_db
KIM = "kim@exempel.se"
Source = Subscription.Source


def subscribed(email: str = KIM, pace: Pace = Pace.WEEKLY, **more: object) -> Subscription:
    facts = {"text_only": False, "source": Source.WEB} | more
    return choices.choose(email, pace=pace, **facts)  # type: ignore[arg-type]


def test_a_press_on_the_form_is_no_subscription_until_the_mailbox_has_answered():
    row = choices.ask(uuid.uuid4(), email=KIM)
    assert not Subscription.objects.exists()
    choices.confirm(row)
    kept = Subscription.objects.get()
    assert (kept.email, kept.pace, kept.source) == (KIM, Pace.WEEKLY, Source.WEB)
    assert kept.consent is not None
    assert kept.consent.text.purpose == "newsletter"
    assert kept.consent.given_at == row.consent.given_at


def test_the_same_press_sent_twice_writes_one_letter():
    key = uuid.uuid4()
    for _ in range(2):
        choices.ask(key, email=KIM)
    assert (OptIn.objects.count(), Letter.objects.count()) == (1, 1)


def test_a_yes_that_nobody_confirmed_is_gone_after_a_week_with_its_consent():
    choices.ask(uuid.uuid4(), email=KIM)
    weed(timezone.now() + timedelta(days=6))
    assert OptIn.objects.count() == 1
    weed(timezone.now() + timedelta(days=8))
    assert (OptIn.objects.count(), Consent.objects.count()) == (0, 0)


def test_who_had_a_pace_keeps_it_and_who_had_said_no_is_back_every_week():
    subscribed(pace=Pace.MONTHLY)
    choices.confirm(choices.ask(uuid.uuid4(), email=KIM))
    assert Subscription.objects.get().pace == Pace.MONTHLY
    choices.end(KIM)
    choices.confirm(choices.ask(uuid.uuid4(), email=KIM))
    assert Subscription.objects.get().pace == Pace.WEEKLY


def test_an_old_link_to_confirm_does_not_undo_a_later_no():
    row = choices.ask(uuid.uuid4(), email=KIM)
    choices.confirm(row)
    choices.end(KIM)
    choices.confirm(row)
    assert Subscription.objects.get().pace == Pace.NONE


def test_confirming_lifts_a_bar_because_the_mailbox_has_just_answered():
    suppress(hash_of(KIM), Suppression.Reason.BOUNCE)
    choices.confirm(choices.ask(uuid.uuid4(), email=KIM))
    assert not Suppression.objects.exists()


def test_a_no_ends_the_consent_and_keeps_it_as_proof():
    kept = subscribed()
    choices.end(KIM)
    kept.refresh_from_db()
    assert kept.pace == Pace.NONE
    assert kept.consent is not None
    assert kept.consent.withdrawn_at is not None


def test_a_yes_after_a_no_is_a_new_consent():
    first = subscribed().consent
    choices.end(KIM)
    second = subscribed().consent
    assert first is not None
    assert second is not None
    assert first.pk != second.pk
    assert second.withdrawn_at is None


def test_a_pause_keeps_the_pace_and_ends_by_itself():
    kept = subscribed(pace=Pace.MONTHLY, pause=True)
    today = timezone.localdate()
    assert kept.paused_until == choices.in_months(today, 3)
    assert not Subscription.objects.wanting(today).exists()
    assert Subscription.objects.wanting(kept.paused_until).get().pace == Pace.MONTHLY


def test_nobody_gets_letters_without_a_yes():
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(email=KIM, source=Source.WEB, created_at=timezone.now())


def test_one_mailbox_has_one_choice_however_it_is_spelt():
    subscribed("Kim@Exempel.se")
    subscribed(" kim@exempel.SE ", pace=Pace.MONTHLY)
    assert Subscription.objects.get().pace == Pace.MONTHLY


def test_a_changed_pace_is_told_in_a_letter_and_an_unchanged_one_is_not():
    subscribed()
    choices.change(KIM, pace=Pace.MONTHLY, text_only=False, source=Source.LETTER)
    choices.change(KIM, pace=Pace.MONTHLY, text_only=True, source=Source.LETTER)
    assert list(Letter.objects.values_list("kind", flat=True)) == ["prefs_changed"]
    assert deliver_due() == 1


@pytest.mark.parametrize(
    ("before", "ticked", "after"),
    [
        (None, True, Pace.WEEKLY),
        (None, False, Pace.NONE),
        (Pace.MONTHLY, True, Pace.MONTHLY),
        (Pace.MONTHLY, False, Pace.MONTHLY),
        (Pace.NONE, True, Pace.WEEKLY),
        (Pace.NONE, False, Pace.NONE),
    ],
)
def test_the_tick_at_joining_never_undoes_what_was_chosen_before(before, ticked, after):
    if before:
        subscribed(pace=before)
    yes = choices.note_consent("newsletter", at=timezone.now()) if ticked else None
    choices.answered_at_joining(KIM, yes)
    assert Subscription.objects.get().pace == after


def test_a_no_outlives_the_person_as_a_hash():
    subscribed()
    choices.end(KIM)
    assert export_person(KIM)["prenumeranter"]
    erase_person(KIM)
    assert not Subscription.objects.exists()
    bar = Suppression.objects.get()
    assert (bar.mailbox, bar.reason) == (hash_of(KIM), Suppression.Reason.ASKED)
    assert "kim" not in bar.mailbox


def test_the_hash_needs_a_secret_that_the_database_does_not_show():
    first = hash_of(KIM)
    assert first == hash_of(KIM)
    assert first != hash_of(KIM, b"another secret")


def test_who_subscribes_already_gets_a_letter_that_says_so():
    subscribed()
    choices.ask(uuid.uuid4(), email=KIM)
    deliver_due()
    assert Letter.objects.get().subject == "Du har redan nyhetsbrevet"
