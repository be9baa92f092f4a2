"""The whole way of an issue in the admin: write, look, test, choose, stop and think, results."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from mail.services.outbox import deliver_due
from newsletters.models import Delivery, Issue, Subscription
from newsletters.services import choices, sending, starting, writing
from newsletters.services.audience import Choice
from newsletters.views.writing import next_good_hour
from pages.services import foundation
from privacy.models import AccessLog
from tests.doors import log_in
from tests.factories import (
    EventFactory,
    PersonFactory,
    RegistrationFactory,
    UserFactory,
    days_away,
)
from tests.newsletters.conftest import approve, sums, write_issue
from tests.newsletters.test_choices import subscribed

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(client):
    foundation.lay()
    return log_in(client, UserFactory(role="styrelse", email="ordf@exempel.se", first_name="Anna"))


def url(issue: Issue, name: str) -> str:
    return f"/admin/nyhetsbrev/{issue.pk}/{name}/"


def text_of(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def shown(answer) -> dict[str, str]:
    found = re.findall(r'name="(shown|mark)" value="(\w+)"', answer.content.decode())
    assert len(found) == 2
    return dict(found)


def said_yes_to(issue: Issue, number: int = 1) -> dict[str, Any]:
    issue.refresh_from_db()
    return {"shown": number, "mark": issue.whole_mark}


TO_ALL = {"to": ["members", "subscribers"], "paces": ["weekly"], "when": "now", "on": 1}


def test_from_an_empty_page_to_the_last_copy(board, sink):
    PersonFactory(email="medlem@exempel.se", member=True)
    subscribed("las@exempel.se")
    subscribed("medlem@exempel.se")
    assert board.get("/admin/nyhetsbrev/add/").status_code == 200
    answer = board.post("/admin/nyhetsbrev/add/", {"kind": "newsletter"})
    issue = Issue.objects.get()
    assert answer.headers["Location"] == f"/admin/nyhetsbrev/edit/{issue.pk}/"
    words = {
        "kind": "newsletter", "greeting": "Välkommen in!", "in_archive": "on", "body-count": "1",
        "body-0-deleted": "", "body-0-order": "0", "body-0-type": "heading",
        "body-0-id": "", "body-0-value": "Det här händer",
    }  # fmt: skip
    answer = board.post(answer.headers["Location"], words)
    assert answer.headers["Location"] == url(issue, "amnesrad")
    inbox = {"subject": "Höst hos oss", "preheader": "Fika på torsdag, en ny lokal och mycket mer."}
    answer = board.post(url(issue, "amnesrad"), inbox)
    assert answer.headers["Location"] == url(issue, "titta")
    assert "Skicka ett test till dig själv" in text_of(board.get(url(issue, "titta")))
    assert "Hej!" in board.get(url(issue, "som-mejl")).content.decode()

    board.post(url(issue, "test"))
    assert deliver_due() == 1
    assert mail.outbox[-1].subject == "[Test] Höst hos oss"
    assert mail.outbox[-1].to == ["ordf@exempel.se"]
    assert "Hej Anna!" in mail.outbox[-1].body

    board.post(url(issue, "vem"), TO_ALL)
    page = board.get(url(issue, "stanna-upp"))
    assert "Ska vi skicka till 2 personer?" in text_of(page)
    board.post(url(issue, "stanna-upp"), shown(page))
    assert "Det går i väg om 10 minuter" in text_of(board.get(url(issue, "resultat")))
    assert sums(issue) == {"queued": 2}
    issue.refresh_from_db()
    assert issue.slug.endswith("-host-hos-oss")

    Issue.objects.update(send_at=timezone.now())
    Delivery.objects.update(due_at=timezone.now())
    assert sending.work() == 2
    assert {letter.to[0] for letter in sink.letters} == {"medlem@exempel.se", "las@exempel.se"}
    done = text_of(board.get(url(issue, "resultat")))
    assert "2 av 2 brev har lämnats till mottagarnas e-post." in done
    assert "Vi mäter inte vem som öppnar. Det är ett val." in done


def test_a_letter_without_a_fresh_test_cannot_be_sent(board, readers):
    readers(1)
    issue = write_issue()
    answer = board.post(url(issue, "stanna-upp"), said_yes_to(issue))
    assert answer.status_code == 422
    board.post(url(issue, "test"))
    Issue.objects.update(greeting="Något nytt.")
    answer = board.post(url(issue, "stanna-upp"), said_yes_to(issue))
    assert answer.status_code == 422, "it was changed after the test"
    assert Issue.objects.get().is_draft


def test_a_number_that_has_changed_is_shown_again(board, readers):
    readers(2)
    issue = write_issue()
    board.post(url(issue, "test"))
    answer = board.post(url(issue, "stanna-upp"), said_yes_to(issue))
    assert answer.headers["Location"] == url(issue, "stanna-upp")
    assert Issue.objects.get().is_draft


def test_words_that_have_changed_are_shown_again(board, readers):
    readers(1)
    issue = write_issue()
    seen = said_yes_to(issue)
    Issue.objects.update(greeting="Något nytt.")
    board.post(url(issue, "test"))
    answer = board.post(url(issue, "stanna-upp"), seen)
    assert answer.headers["Location"] == url(issue, "stanna-upp")
    assert Issue.objects.get().is_draft


def test_stopping_in_time_leaves_a_draft_and_nothing_sent(board, readers):
    readers(2)
    issue = approve(write_issue(), start=False)
    board.post(url(issue, "stoppa"))
    assert Issue.objects.get().is_draft
    assert "Inget har skickats" in text_of(board.get(url(issue, "titta")))


def test_pausing_and_going_on(board, readers):
    readers(2)
    issue = approve(write_issue())
    board.post(url(issue, "pausa"))
    assert "Utskicket har paus" in text_of(board.get(url(issue, "resultat")))
    board.post(url(issue, "fortsatt"))
    assert Issue.objects.get().paused_at is None


def test_the_unknown_are_shown_and_sent_again_by_a_press(board, readers):
    readers(2)
    issue = approve(write_issue())
    Delivery.objects.update(state="unknown", reason="lost")
    sending.claims.settle(issue)
    page = text_of(board.get(url(issue, "resultat")))
    assert "Skicka igen till dessa 2" in page
    board.post(url(issue, "skicka-igen"))
    assert sums(issue) == {"queued": 2}


def test_the_page_to_stop_and_think_on_also_counts_the_paper(board, readers):
    readers(1)
    PersonFactory(email="", street="Storgatan 1", town="Stockholm", member=True)
    issue = write_issue()
    assert "papper" not in text_of(board.get(url(issue, "stanna-upp")))
    Issue.objects.filter(pk=issue.pk).update(on_paper=True)
    said = text_of(board.get(url(issue, "stanna-upp")))
    assert "På papper 1 person. Brevet skriver ni ut och postar själva." in said


def test_what_has_been_said_yes_to_cannot_be_changed_or_deleted(board, readers):
    readers(1)
    issue = approve(write_issue())
    for name in ("edit", "delete"):
        where = f"/admin/nyhetsbrev/{name}/{issue.pk}/"
        for answer in (board.get(where), board.post(where, {"subject": "Nytt"})):
            assert answer.headers["Location"] == url(issue, "resultat")
    assert Issue.objects.get().subject == "Det här händer i november"


def test_an_editor_writes_and_tests_but_does_not_send(client, readers):
    readers(1)
    editor = log_in(client, UserFactory(role="redaktor"))
    issue = write_issue()
    assert editor.get(url(issue, "titta")).status_code == 200
    assert editor.get(url(issue, "vem")).status_code == 200
    assert editor.get(url(issue, "stanna-upp")).status_code == 404
    assert editor.post(url(issue, "stanna-upp"), said_yes_to(issue)).status_code == 404


def test_groups_can_be_chosen_and_are_counted(board):
    PersonFactory(email="a@exempel.se", member=True, municipality="Solna")
    PersonFactory(email="b@exempel.se", member=True, municipality="Nacka")
    issue = write_issue()
    board.post(
        url(issue, "vem"),
        {"to": ["members"], "paces": ["weekly"], "within": ["municipality:Solna"], "when": "now"},
    )
    issue.refresh_from_db()
    assert Choice.of(issue).within == ("municipality:Solna",)
    page = board.get(url(issue, "vem"))
    assert "Summa 1" in text_of(page)
    ticked = re.findall(r'name="(with\w+)" value="([^"]+)" checked', page.content.decode())
    assert ticked == [("within", "municipality:Solna")]
    board.post(url(issue, "vem"), {"to": ["members"], "paces": ["weekly"], "when": "now"})
    assert "Summa 2" in text_of(board.get(url(issue, "vem"))), "no tick means everyone"


@pytest.mark.parametrize(
    ("days", "heading"), [(5, "Anmäld till"), (-30, "Var anmäld till"), (-90, "Valt tidigare")]
)
def test_a_group_stays_chosen_until_its_tick_is_taken_away(board, days, heading):
    """Also one that is gone: else a letter to a few would quietly become one to all."""
    member = PersonFactory(email="a@exempel.se", member=True)
    PersonFactory(email="b@exempel.se", member=True)
    event = EventFactory(title="Vinprovning", starts_at=days_away(days))
    RegistrationFactory(event=event, email=member.email)
    name = f"activity:{event.slug}"
    issue = write_issue(audience={"to": ["members"], "paces": ["weekly"], "within": [name]})
    form = {"to": ["members"], "paces": ["weekly"], "within": [name], "when": "now"}
    assert board.post(url(issue, "vem"), form).status_code in (302, 303)
    page = board.get(url(issue, "vem"))
    assert f'value="{name}" checked' in page.content.decode()
    assert "Summa 1" in text_of(page)
    assert heading in text_of(page)


def test_a_letter_that_waits_goes_at_ten_on_a_weekday():
    friday = timezone.make_aware(timezone.datetime(2026, 11, 20, 9, 55))  # type: ignore[attr-defined]
    hour = timezone.localtime(next_good_hour(friday))
    assert (hour.weekday(), hour.hour) == (0, 10)


def test_two_who_say_yes_at_once_send_it_once(board, readers):
    readers(1)
    issue = write_issue()
    board.post(url(issue, "test"))
    for _ in range(2):
        board.post(url(issue, "stanna-upp"), said_yes_to(issue))
    assert Delivery.objects.count() == 1
    with pytest.raises(starting.AlreadyApproved):
        starting.approve(issue, actor=UserFactory(), shown=1)


def typed(greeting: str) -> dict[str, str]:
    return {"kind": "newsletter", "greeting": greeting, "in_archive": "on", "body-count": "0"}


def test_the_letter_is_seen_as_it_is_typed_before_it_is_saved(board):
    issue = write_issue()
    where = f"/admin/nyhetsbrev/preview/{issue.pk}/"
    assert board.post(where, typed("Helt nya ord.")).json()["is_available"]
    for mode in ("mejl", "morkt", "text"):
        page = board.get(where, {"mode": mode}).content.decode()
        assert "Helt nya ord." in page
        assert ("@media all" in page) == (mode == "morkt")
    issue.refresh_from_db()
    assert issue.greeting == "Vad roligt att du läser."


def test_an_earlier_version_can_be_read_and_taken_back(board):
    issue = write_issue()
    writing.keep_version(issue, UserFactory(role="styrelse"))
    first = issue.latest_revision
    assert first is not None
    board.post(f"/admin/nyhetsbrev/edit/{issue.pk}/", typed("Helt nya ord."))
    issue.refresh_from_db()
    assert issue.greeting == "Helt nya ord."
    history = f"/admin/nyhetsbrev/history/{issue.pk}/revisions/{first.pk}"
    assert "Vad roligt att du läser." in board.get(f"{history}/view/").content.decode()
    page = board.get(f"{history}/revert/")
    assert "Vad roligt att du läser." in page.content.decode()


def test_a_letter_that_got_its_yes_meanwhile_is_not_written_over(board, readers):
    readers(1)
    issue = approve(write_issue(), start=False)
    for where in (f"edit/{issue.pk}/", f"delete/{issue.pk}/"):
        board.post(f"/admin/nyhetsbrev/{where}", typed("Helt nya ord."))
    for name, data in (
        ("amnesrad", {"subject": "Något helt annat", "preheader": "x" * 50}),
        ("nyheter", {}),
        ("vem", TO_ALL),
    ):
        answer = board.post(url(issue, name), data)
        assert answer.headers["Location"] == url(issue, "resultat")
    kept = Issue.objects.get()
    assert (kept.subject, kept.greeting) == (issue.subject, issue.greeting)
    assert (kept.audience, kept.prepared) == (issue.audience, 1)
    with pytest.raises(starting.AlreadyApproved):
        writing.entitle(issue, subject="x", preheader="x", actor=UserFactory())


def test_a_letter_is_seen_as_one_of_its_readers_gets_it_and_the_look_is_noted(board):
    PersonFactory(first_name="Kim", email="kim@exempel.se", member=True)
    choices.choose(
        "lou@exempel.se", pace="weekly", text_only=True, source=Subscription.Source.LETTER
    )
    issue = write_issue()
    page = board.get(url(issue, "titta"), {"som": "kim@exempel.se"})
    assert "namn=Kim" in page.content.decode()
    assert "Den läsaren får brevet som bara text." in text_of(
        board.get(url(issue, "titta"), {"som": "lou@exempel.se"})
    )
    assert "Den adressen får inte det här brevet." in text_of(
        board.get(url(issue, "titta"), {"som": "nagon@exempel.se"})
    )
    assert AccessLog.objects.filter(about="newsletters.Subscription").count() == 3


def test_what_was_typed_is_still_there_when_something_is_wrong(board):
    issue = write_issue()
    long = "En ämnesrad som är mycket längre än vad en inkorg visar för någon"
    answer = board.post(url(issue, "amnesrad"), {"subject": long, "preheader": "Två\nrader"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"Högst 50 tecken. Nu är det {len(long)}." in page
    assert long in page
    past = TO_ALL | {"when": "other", "day": "2020-01-01", "hour": "10:00"}
    answer = board.post(url(issue, "vem"), past)
    assert answer.status_code == 422
    assert "Den tiden har varit. Välj en senare." in answer.content.decode()
    answer = board.post(url(issue, "test"), {"to": "inte en adress"})
    assert answer.status_code == 422
    assert "”inte en adress” ser inte ut som en adress." in answer.content.decode()


def test_a_letter_waits_for_the_hour_that_was_chosen(board, readers):
    readers(1)
    issue = write_issue()
    board.post(url(issue, "test"))
    day = timezone.localdate() + timedelta(days=9)
    board.post(url(issue, "vem"), TO_ALL | {"when": "other", "day": str(day), "hour": "10:30"})
    page = board.get(url(issue, "stanna-upp"))
    assert "kl. 10.30" in text_of(page)
    board.post(url(issue, "stanna-upp"), shown(page))
    issue.refresh_from_db()
    assert issue.send_at is not None
    local = timezone.localtime(issue.send_at)
    assert (local.date(), local.hour, local.minute) == (day, 10, 30)
