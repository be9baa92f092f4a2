"""The tick for the newsletter on the way to becoming a member."""

import pytest

from members.services import joining
from newsletters.models import Pace, Subscription
from tests.members.fees import apply, pay, set_prices

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("ticked", "pace"), [(True, Pace.WEEKLY), (False, Pace.NONE)])
def test_the_tick_counts_when_the_fee_is_paid(ticked, pace):
    set_prices()
    application = apply("kim@exempel.se", newsletter=ticked)
    charge = joining.ask_to_pay(application)
    assert not Subscription.objects.exists()
    pay(charge)
    kept = Subscription.objects.get()
    assert (kept.pace, kept.source) == (pace, Subscription.Source.JOIN)
    assert (kept.consent is not None) is ticked
    if kept.consent:
        assert kept.consent.text.purpose == "newsletter"


def test_a_second_press_on_the_form_keeps_the_first_yes_and_can_take_it_back():
    set_prices()
    first = apply("kim@exempel.se", newsletter=True)
    again = apply("kim@exempel.se", newsletter=True, key=first.key)
    assert again.newsletter_consent == first.newsletter_consent
    assert apply("kim@exempel.se", key=first.key).newsletter_consent is None


def test_the_box_is_on_the_form_and_never_ticked_beforehand(client):
    set_prices()
    page = client.get("/bli-medlem/uppgifter/").content.decode()
    assert "Jag vill ha nyhetsbrevet" in page
    assert 'name="newsletter"' in page
    assert "checked" not in page.partition('name="newsletter"')[2].partition(">")[0]
