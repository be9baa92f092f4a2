"""The pages of readers: asking, confirming, choosing, ending."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.utils import timezone

from mail.models import Letter
from mail.services.outbox import deliver_due
from newsletters import doors
from newsletters.models import Delivery, OptIn, Pace, Subscription
from newsletters.services import choices
from privacy.services import erase_person
from tests.newsletters.test_choices import KIM, subscribed

pytestmark = pytest.mark.django_db


def ask(client, email=KIM):
    return client.post("/nyhetsbrev/", {"email": email, "consent": "on"})


def link_in_letter() -> str:
    assert deliver_due() == 1
    found = re.search(
        r"https?://[^\s]+/bekrafta/[^\s]+|https?://[^\s]+/val/[^\s]+", mail.outbox[-1].body
    )
    assert found
    return urlsplit(found[0]).path


def door(purpose: str = doors.CHOICE, **more) -> str:
    token = doors.token_for(subscribed(**more), purpose)
    return f"/nyhetsbrev/{'val' if purpose == doors.CHOICE else 'avsluta'}/{token}/"


def rows() -> list:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Subscription, OptIn, Delivery, Letter)
    ]


def test_asking_confirming_and_choosing(client):
    answer = ask(client)
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        "/nyhetsbrev/titta-i-din-e-post/",
    )
    page = link_in_letter()
    assert "k•••@exempel.se" in client.get(page).content.decode()
    assert not Subscription.objects.exists()
    assert client.post(page).status_code == 303
    assert Subscription.objects.get().pace == Pace.WEEKLY
    done = client.get(page).content.decode()
    assert "Det är klart" in done
    found = re.search(r'href="(/nyhetsbrev/val/[^"]+)"', done)
    assert found
    assert client.get(found[1]).status_code == 200


def test_a_known_address_meets_the_same_page_and_the_same_work(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    subscribed("known@exempel.se")
    ask(client, "first@exempel.se")
    told = []
    for email in ("known@exempel.se", "unknown@exempel.se"):
        with CaptureQueriesContext(connection) as questions:
            answer = ask(client, email)
        told.append((answer.status_code, answer.headers["Location"], len(questions)))
    assert told[0] == told[1]


@pytest.mark.parametrize("typed", [{}, {"email": KIM}, {"email": "kim", "consent": "on"}])
def test_what_is_missing_is_said_and_nothing_is_written(client, typed):
    answer = client.post("/nyhetsbrev/", typed)
    assert answer.status_code == 422
    assert not OptIn.objects.exists()


def test_a_link_to_confirm_dies_after_a_week(client):
    from datetime import timedelta

    from mail.models import Link

    ask(client)
    page = link_in_letter()
    Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.post(page).status_code == 410
    assert not Subscription.objects.exists()


def test_the_page_of_choices_shows_no_address_and_keeps_what_is_chosen(client):
    page = door()
    shown = client.get(page).content.decode()
    assert "k•••@exempel.se" in shown
    assert KIM not in shown
    answer = client.post(page, {"pace": "monthly", "text_only": "on"})
    assert answer.status_code == 303
    kept = Subscription.objects.get()
    assert (kept.pace, kept.text_only, kept.source) == ("monthly", True, "letter")
    assert "Sparat." in client.get(answer.headers["Location"]).content.decode()


def test_one_press_ends_it_and_another_undoes_it(client):
    page = door(pace=Pace.MEETINGS)
    answer = client.post(page, {"end": "1"})
    assert Subscription.objects.get().pace == Pace.NONE
    done = client.get(answer.headers["Location"]).content.decode()
    assert "Du får inga fler nyhetsbrev." in done
    client.post(page, {"undo": "1", "pace": "meetings"})
    assert Subscription.objects.get().pace == Pace.MEETINGS


def test_a_pause_says_until_when(client):
    page = door()
    client.post(page, {"pace": "pause"})
    kept = Subscription.objects.get()
    assert kept.paused_until == choices.in_months(timezone.localdate(), 3)
    assert "Brevet har paus till den" in client.get(page).content.decode()


def test_a_mail_program_ends_it_with_one_post_and_no_cookie(client):
    page = door(doors.END)
    for _ in range(2):
        answer = client.post(
            page, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code == 200
        assert not answer.cookies
    assert Subscription.objects.get().pace == Pace.NONE
    assert not Letter.objects.exists(), "it ends silently"


def test_also_from_another_sites_page_because_the_address_is_the_proof(client):
    page = door(doors.END)
    answer = client.post(page, {}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 200
    assert Subscription.objects.get().pace == Pace.NONE


@pytest.mark.parametrize("purpose", [doors.CHOICE, doors.END])
@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(client, purpose, method):
    page = door(purpose)
    before = rows()
    assert getattr(client, method)(page).status_code == 200
    assert rows() == before


def test_the_link_that_ends_can_do_nothing_else(client):
    end, choice = door(doors.END), door(doors.CHOICE)
    token = end.split("/")[3]
    assert client.get(f"/nyhetsbrev/val/{token}/").status_code == 404
    assert client.post(f"/nyhetsbrev/avsluta/{choice.split('/')[3]}/").status_code == 404
    assert client.get(f"/nyhetsbrev/val/{token[:-1]}x/").status_code == 404
    assert Subscription.objects.get().pace == Pace.WEEKLY


def test_a_forgotten_reader_is_answered_alike(client):
    end, choice = door(doors.END), door(doors.CHOICE)
    erase_person(KIM)
    assert client.get(end).status_code == 200
    assert client.post(end).status_code == 200
    assert client.get(choice).status_code == 200
    assert client.post(choice, {"pace": "weekly"}).status_code == 200
    assert not Subscription.objects.exists()
