"""From a yes to the last copy: at most once, and the sums always add up."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from mail.models import Letter
from newsletters.models import Delivery, Issue, Pace, Suppression
from newsletters.services import choices, claims, sending, starting
from newsletters.services.suppression import hash_of, suppress
from privacy.services import erase_person
from tests.factories import UserFactory
from tests.newsletters.conftest import approve, sums, write_issue
from tests.newsletters.test_choices import subscribed

pytestmark = pytest.mark.django_db
State, Reason = Delivery.State, Delivery.Reason


def arrived(sink) -> Counter[str]:
    return Counter(letter.to[0] for letter in sink.letters)


def due_now() -> None:
    Delivery.objects.filter(state=State.QUEUED).update(due_at=timezone.now())


@pytest.mark.parametrize("pipelines", [True, False])
def test_everyone_gets_one_copy(sink, readers, pipelines):
    sink.moods.pipelines = pipelines
    addresses = readers(23)
    issue = approve(write_issue())
    assert sending.work() == 23
    assert arrived(sink) == Counter(addresses)
    assert sums(issue) == {"sent": 23}
    assert issue.state == Issue.State.DONE
    assert sending.work() == 0
    assert len(sink.letters) == 23


def test_nothing_leaves_before_its_hour(sink, readers):
    readers(2)
    issue = approve(write_issue(), start=False)
    assert issue.send_at is not None
    assert issue.send_at - timezone.now() > timedelta(minutes=9)
    assert (sending.work(), len(sink.letters), sums(issue)) == (0, 0, {"queued": 2})


def test_a_second_yes_changes_nothing(readers):
    readers(2)
    issue = approve(write_issue())
    with pytest.raises(starting.AlreadyApproved):
        starting.approve(issue, actor=UserFactory(), shown=2)
    assert sums(issue) == {"queued": 2}


def test_a_yes_to_another_number_than_was_shown_is_no_yes(readers):
    from django.db import transaction

    readers(3)
    issue = write_issue()
    with pytest.raises(starting.NumberHasChanged), transaction.atomic():
        starting.approve(issue, actor=UserFactory(), shown=2)
    issue.refresh_from_db()
    assert issue.is_draft
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("pipelines", [True, False])
def test_one_bad_address_never_stops_the_rest(sink, readers, pipelines):
    readers(8)
    sink.moods.pipelines = pipelines
    sink.moods.answers = {
        "reader1@exempel.se": b"550 5.1.1 no such mailbox",
        "reader3@exempel.se": b"452 mailbox full",
        "reader5@exempel.se": b"550 5.7.1 we do not like you",
    }
    issue = approve(write_issue())
    sending.work()
    assert sums(issue) == {"sent": 5, "failed": 2, "queued": 1}
    assert {bar.mailbox for bar in Suppression.objects.all()} == {hash_of("reader1@exempel.se")}
    later = Delivery.objects.get(state=State.QUEUED)
    assert (later.answer, later.attempts) == ("452 mailbox full", 1)
    assert later.due_at > timezone.now() + timedelta(minutes=4)
    assert issue.state == Issue.State.SENDING
    sink.moods.answers.clear()
    due_now()
    sending.work()
    assert sums(issue) == {"sent": 6, "failed": 2}
    assert issue.state == Issue.State.DONE
    assert max(arrived(sink).values()) == 1


def test_who_is_told_later_for_a_day_has_not_been_reached(sink, readers):
    readers(1)
    sink.moods.answers = {"reader0@exempel.se": b"451 try later"}
    issue = approve(write_issue())
    Issue.objects.update(send_at=timezone.now() - timedelta(hours=25))
    sending.work()
    assert sums(issue) == {"failed": 1}
    assert Delivery.objects.get().reason == Reason.GAVE_UP


def test_a_server_that_hangs_up_after_the_contents_leaves_an_unknown_copy(sink, readers):
    readers(3)
    sink.moods.hangs_up_after_data = True
    issue = approve(write_issue())
    for _ in range(3):
        sending.work()
    assert sums(issue) == {"unknown": 3}
    assert issue.state == Issue.State.DONE
    sink.moods.hangs_up_after_data = False
    due_now()
    sending.work()
    assert len(sink.letters) == 3, "nothing unknown is sent again by itself"
    starting.send_unknown_again(issue)
    sending.work()
    assert sums(issue) == {"sent": 3}
    assert Delivery.objects.filter(resent_at__isnull=False).count() == 3


def test_a_server_that_is_away_or_does_not_want_us_costs_nobody_a_letter(sink, readers):
    readers(3)
    issue = approve(write_issue())
    sink.stop()
    assert sending.work() == 0
    assert sums(issue) == {"queued": 3}
    sink.start()
    sink.moods.says = {b"MAIL": b"550 not from you"}
    sending.work()
    assert sums(issue) == {"queued": 3}
    sink.moods.says.clear()
    assert sending.work() == 3
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}


def test_what_is_chosen_after_the_yes_is_obeyed(sink, readers):
    readers(6)
    issue = approve(write_issue())
    choices.end("reader0@exempel.se")
    subscribed("reader1@exempel.se", pause=True)
    suppress(hash_of("reader2@exempel.se"), Suppression.Reason.COMPLAINT)
    erase_person("reader3@exempel.se")
    sending.work()
    assert set(arrived(sink)) == {"reader4@exempel.se", "reader5@exempel.se"}
    assert sums(issue) == {"sent": 2, "skipped": 4}
    assert Counter(Delivery.objects.exclude(reason="").values_list("reason", flat=True)) == Counter(
        [Reason.ENDED, Reason.PAUSED, Reason.SUPPRESSED, Reason.GONE]
    )


def test_nobody_gets_more_letters_in_a_week_than_the_board_wants(sink, readers):
    readers(1)
    issues = [approve(write_issue(subject=f"Brev {number}")) for number in range(3)]
    sending.work()
    assert [sums(issue) for issue in issues] == [{"sent": 1}, {"sent": 1}, {"skipped": 1}]
    assert Delivery.objects.get(state=State.SKIPPED).reason == Reason.BUDGET


def test_stopped_before_the_first_letter_it_is_a_draft_again(readers):
    readers(2)
    issue = starting.stop(approve(write_issue()))
    assert issue.is_draft
    assert not Delivery.objects.exists()
    assert sums(approve(issue)) == {"queued": 2}


def test_stopped_in_the_middle_the_rest_is_not_sent(sink, readers):
    readers(4)
    sink.moods.answers = {"reader3@exempel.se": b"451 later"}
    issue = approve(write_issue())
    sending.work()
    starting.stop(issue)
    due_now()
    assert sending.work() == 0
    assert sums(issue) == {"sent": 3, "skipped": 1}
    assert issue.state == Issue.State.STOPPED


def test_paused_nothing_is_claimed_until_somebody_says_go_on(sink, readers):
    readers(2)
    issue = approve(write_issue())
    starting.pause(issue)
    assert sending.work() == 0
    assert sums(issue) == {"queued": 2}
    starting.resume(issue)
    assert sending.work() == 2


def test_a_burst_of_errors_stops_it_and_tells_who_said_yes(sink, readers):
    addresses = readers(60)
    sink.moods.answers = dict.fromkeys(addresses, b"554 5.7.1 we think that this is spam")
    issue = approve(write_issue())
    sending.work()
    found = sums(issue)
    assert issue.state == Issue.State.PAUSED
    assert issue.pause == Issue.Pause.ERRORS
    assert found["queued"] > 30
    assert Letter.objects.filter(kind="newsletter_paused").count() == 1
    assert not Suppression.objects.exists(), "it is not the addresses that are wrong"


def test_a_claim_whose_holder_died_is_unknown_and_not_sent_again(sink, readers):
    readers(7)
    issue = approve(write_issue())
    held = claims.claim(issue, 3)
    assert held is not None
    later = timezone.now() + timedelta(hours=1)
    assert claims.note_the_lost(timezone.now()) == 0
    assert claims.note_the_lost(later) == 3
    sending.work()
    assert sums(issue) == {"unknown": 3, "sent": 4}
    assert not set(arrived(sink)) & {copy.email for copy in held.copies}


def test_who_was_only_slow_still_notes_what_was_sent(readers):
    from newsletters.smtp import Answer, Fate

    readers(2)
    issue = approve(write_issue())
    held = claims.claim(issue, 2)
    assert held is not None
    claims.note_the_lost(timezone.now() + timedelta(hours=1))
    claims.note(held, [Answer(Fate.SENT), Answer(Fate.UNKNOWN)])
    assert sums(issue) == {"sent": 1, "unknown": 1}


def test_a_backup_that_was_read_in_sends_nothing_by_itself(sink, readers):
    readers(3)
    issue = approve(write_issue())
    Issue.objects.update(home="another cluster:1")
    assert sending.work() == 0
    assert sums(issue) == {"unknown": 3}
    assert (issue.state, issue.pause) == (Issue.State.PAUSED, Issue.Pause.RESTORED)
    starting.resume(issue)
    assert sending.work() == 0, "going on sends nothing that may have been sent"
    starting.send_unknown_again(issue)
    assert sending.work() == 3


def test_at_night_nobody_is_written_to(sink, readers, settings):
    readers(1)
    settings.NEWSLETTER_HOURS = (8, 20)
    approve(write_issue())
    midnight = timezone.localtime().replace(hour=0, minute=30)
    assert sending.work(now=midnight) == 0
    assert sending.work(now=midnight.replace(hour=10)) == 1


def test_what_is_changed_after_the_yes_is_not_in_the_letter(sink, readers):
    readers(1)
    issue = approve(write_issue())
    Issue.objects.update(subject="Något annat", greeting="Något annat")
    sending.work()
    assert sink.letters[0].subject == "Det här händer i november"
    assert "Något annat" not in sink.letters[0].text
    assert issue.prepared == 1


def test_a_faulty_issue_is_paused_and_the_next_one_goes(sink, readers):
    readers(2)
    broken, fine = approve(write_issue()), approve(write_issue(subject="Nästa"))
    Issue.objects.filter(pk=broken.pk).update(made={"not": "a letter"})
    sending.work()
    assert sums(broken) == {"queued": 2}
    assert broken.pause == Issue.Pause.ERRORS
    assert sums(fine) == {"sent": 2}


def test_a_notice_goes_to_every_member_whatever_they_chose(sink):
    from tests.factories import PersonFactory

    PersonFactory(email="medlem@exempel.se", member=True)
    PersonFactory(email="nej@exempel.se", member=True)
    PersonFactory(email="forr@exempel.se")
    choices.choose("nej@exempel.se", pace=Pace.NONE, text_only=False, source=subscribed().source)
    issue = approve(write_issue(kind=Issue.Kind.NOTICE))
    sending.work()
    assert set(arrived(sink)) == {"medlem@exempel.se", "nej@exempel.se"}
    letter = sink.letters[0]
    assert letter.message["List-Unsubscribe"] is None
    assert "Det är inte nyhetsbrevet." in letter.text
    assert sums(issue) == {"sent": 2}


@pytest.mark.parametrize(
    ("size", "number", "seconds", "following"),
    [
        (20, 20, 0.1, 40),  # quick: twice as many, and no more
        (20, 20, 0.4, 25),
        (20, 20, 1.0, 10),  # slow
        (20, 20, 60.0, 5),
        (200, 200, 0.01, 200),
        (20, 3, 0.1, 20),  # the last few tell nothing
        (20, 3, 3.0, 5),
        (20, 0, 0.0, 20),
    ],
)
def test_a_claim_is_as_many_as_half_a_second_takes(size, number, seconds, following):
    assert sending.fitting(size, number, seconds) == following
