"""Two of us press at the same moment: one move is made, and the other is told."""

from collections import Counter
from threading import Barrier
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.doors import log_in
from tests.events.test_office_at_once import at_once
from tests.factories import LeadFactory, UserFactory
from volunteers.models import Lead, LeadMove
from volunteers.services import handing_over, moves

pytestmark = pytest.mark.django_db(transaction=True)
FASTER = "Någon hann före. Så här ser det ut nu."
# What two may press at the same time about the same person: the button's page and its fields.
PRESSES: dict[str, tuple[str, dict[str, str]]] = {
    "called": ("called", {}),
    "next step": ("step", {"stage": "waiting", "when": "plan"}),
    "letter": ("write", {"subject": "Hej", "text": "Vill du prata en stund?"}),
}


def press_together(lead: Lead, name: str, typed: dict[str, str]) -> list[str]:
    """Two coordinators with the same page before them. What each is told afterwards."""
    browsers = [log_in(Client(), UserFactory(role="samordnare")) for _ in range(2)]
    url = reverse(f"volunteers:{name}", args=[lead.reference])
    told: list[str] = []

    def press(browser: Client) -> None:
        answer = browser.post(url, {"version": lead.version, **typed})
        assert answer.status_code == 303
        page = browser.get(reverse("volunteers:lead", args=[lead.reference])).content.decode()
        told.append("told" if FASTER in page else "moved")

    at_once(*[lambda browser=browser: press(browser) for browser in browsers])
    return sorted(told)


@pytest.mark.parametrize("what", PRESSES)
def test_of_two_who_press_at_once_one_moves_it_and_the_other_is_told(what: str) -> None:
    lead = LeadFactory()
    assert press_together(lead, *PRESSES[what]) == ["moved", "told"]
    assert LeadMove.objects.filter(lead=lead).count() == 1
    assert Lead.objects.get().version == lead.version + 1


def test_without_the_lock_both_move_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should this ever fail, the race above proves nothing."""
    together, lead = Barrier(2), LeadFactory()

    def unlocked(row: Lead, *, version: int | None = None) -> Lead:
        found = Lead.objects.get(pk=row.pk)
        together.wait(timeout=20)  # both have read before either writes
        if version is not None and found.version != version:
            raise moves.SomebodyWasFaster
        return found

    monkeypatch.setattr(moves, "locked", unlocked)
    assert press_together(lead, *PRESSES["called"]) == ["moved", "moved"]
    assert LeadMove.objects.filter(lead=lead).count() == 2


def test_of_two_who_hand_each_other_the_same_person_one_does() -> None:
    lead, people = LeadFactory(), UserFactory.create_batch(2, role="samordnare")
    told: Counter[str] = Counter()

    def give(to: Any, by: Any) -> None:
        try:
            handing_over.take(lead, to=to, actor=by, version=lead.version)
            told["moved"] += 1
        except moves.SomebodyWasFaster:
            told["told"] += 1

    at_once(lambda: give(people[0], people[1]), lambda: give(people[1], people[0]))
    assert told == {"moved": 1, "told": 1}
