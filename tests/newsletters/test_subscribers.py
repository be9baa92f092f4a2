"""Who subscribes, for the staff: masked until one is looked for, and every look leaves a line."""

import pytest

from newsletters.models import Subscription, Suppression
from newsletters.services import choices, subscribers
from newsletters.services.suppression import hash_of, suppress
from privacy.models import AccessLog
from privacy.words import HEALTH_WORDS
from tests.doors import log_in
from tests.factories import UserFactory
from tests.newsletters.test_choices import subscribed
from tests.newsletters.test_office import text_of

pytestmark = pytest.mark.django_db
WHERE = "/admin/nyhetsbrev/prenumeranter/"


@pytest.fixture
def editor(client):
    return log_in(client, UserFactory(role="redaktor"))


def seen(answer) -> list[tuple[str, str]]:
    assert answer.status_code == 200
    return [(row.email, row.pace) for row in answer.context["found"].rows]


def test_the_list_hides_addresses_and_counts_paces(editor):
    subscribed("kim@exempel.se")
    choices.choose(
        "lou@annan.se", pace="monthly", text_only=False, source=Subscription.Source.LETTER
    )
    answer = editor.get(WHERE)
    assert seen(answer) == [
        ("l•••@annan.se", "En gång i månaden"),
        ("k•••@exempel.se", "Varje vecka"),
    ]
    assert "Varje vecka (1)" in text_of(answer)
    assert seen(editor.get(WHERE, {"takt": "monthly"})) == [("l•••@annan.se", "En gång i månaden")]
    text = text_of(answer).lower()
    assert not [word for word in HEALTH_WORDS if f" {word}" in text]


@pytest.mark.parametrize("words", ["kim@exempel.se", "KIM", "exempel", "kim@"])
def test_who_is_looked_for_is_shown_in_full(editor, words):
    subscribed("kim@exempel.se")
    subscribed("lou@annan.se")
    assert seen(editor.get(WHERE, {"q": words})) == [("kim@exempel.se", "Varje vecka")]


@pytest.mark.parametrize("words", ["k", "im", "%%%", "ki_"])
def test_a_few_letters_or_signs_find_nobody(editor, words):
    subscribed("kim@exempel.se")
    assert seen(editor.get(WHERE, {"q": words})) == []


def test_every_look_leaves_a_line_without_an_address(editor):
    subscribed("kim@exempel.se")
    editor.get(WHERE)
    editor.get(WHERE, {"q": "kim@exempel.se"})
    lines = AccessLog.objects.order_by("pk").values_list("about", "reference", "reason")
    assert list(lines) == [
        ("newsletters.Subscription", "1 rader", "tittade på prenumeranter"),
        ("newsletters.Subscription", "1 rader", "sökte bland prenumeranter"),
    ]


def test_a_barred_mailbox_is_said_to_be(editor):
    kim = subscribed("kim@exempel.se")
    suppress(hash_of(kim.email_key), Suppression.Reason.BOUNCE)
    assert "Spärrad: adressen finns inte" in text_of(editor.get(WHERE))


def test_the_list_goes_on_where_it_ended(editor, monkeypatch):
    monkeypatch.setattr(subscribers, "PAGE", 2)
    for number in range(3):
        subscribed(f"las{number}@exempel{number}.se")
    first = editor.get(WHERE)
    assert [email for email, _pace in seen(first)] == ["l•••@exempel2.se", "l•••@exempel1.se"]
    rest = editor.get(WHERE + first.context["next_url"])
    assert [email for email, _pace in seen(rest)] == ["l•••@exempel0.se"]
    assert rest.context["next_url"] == ""


def test_others_do_not_find_it(client):
    kassor = log_in(client, UserFactory(role="kassor"))
    assert kassor.get(WHERE).status_code == 404
    assert AccessLog.objects.count() == 0
