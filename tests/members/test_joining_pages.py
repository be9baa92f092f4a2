"""The pages from "Bli medlem" to "Välkommen": what they ask for, keep and never tell."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mail.models import Letter
from mail.services.outbox import deliver_due
from members.models import Application, Person
from members.services.fee_year import term_for_newcomer
from payments.models import Charge, PaymentSettings
from privacy.models import Consent
from tests.events.test_public_pages import text_of
from tests.members.fees import join, pay, set_prices, told_already

pytestmark = pytest.mark.django_db

TYPED = {"first_name": "Kim", "last_name": "Lind", "email": "kim@exempel.se", "consent": "on"}
DETAILS = "/bli-medlem/uppgifter/"


@pytest.fixture(autouse=True)
def prices() -> None:
    set_prices()
    chosen = PaymentSettings.load()
    chosen.bankgiro, chosen.takes_card = "123-4566", False
    chosen.save()


def types_in(client: Client, **typed: Any) -> Any:
    return client.post(DETAILS, TYPED | typed)


def pays_by_invoice(client: Client, **typed: Any) -> str:
    """The address of the page after."""
    answer = client.post(types_in(client, **typed)["Location"], {"method": "invoice"})
    assert answer.status_code == 303
    return str(answer["Location"])


def test_what_it_costs_comes_first(client: Client) -> None:
    page = text_of(client.get("/bli-medlem/")).replace("\xa0", " ")
    year = term_for_newcomer().year
    assert f"200 kr per år. Det gäller till 31 december {year}." in page
    assert "Nedsatt avgift 100 kr . Du behöver inte visa något." in page
    assert "Stödmedlem 600 kr" in page


def test_without_a_price_nobody_is_asked_for_money(client: Client) -> None:
    from members.models import Fee

    Fee.objects.all().delete()
    assert "Avgiften är inte bestämd än." in text_of(client.get("/bli-medlem/"))
    assert client.get(DETAILS)["Location"] == "/bli-medlem/"


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"first_name": ""}, "Skriv ditt förnamn"),
        ({"last_name": ""}, "Skriv ditt efternamn"),
        ({"email": ""}, "Skriv din e-post"),
        ({"consent": ""}, "Kryssa i rutan om vi får spara dina uppgifter"),
    ],
)
def test_a_rejected_form_says_what_is_missing_and_keeps_what_was_typed(
    client: Client, typed: dict[str, str], error: str
) -> None:
    answer = types_in(client, paper="on", type="supporting", **typed)
    assert answer.status_code == 422
    assert error in text_of(answer)
    html = answer.content.decode()
    kept = [value for name, value in (TYPED | typed).items() if value and name != "consent"]
    assert [value for value in kept if f'value="{value}"' not in html] == []
    assert 'name="type" value="supporting"' in html
    assert Application.objects.count() == 0


def test_joining_with_an_invoice_from_the_form_to_the_welcome(client: Client) -> None:
    answer = types_in(client)
    assert answer["Location"].startswith("/bli-medlem/betala/")
    page = text_of(client.get(answer["Location"])).replace("\xa0", " ")
    assert "Att betala: 200 kr" in page
    assert "kim@exempel.se" in page
    after = client.post(answer["Location"], {"method": "invoice"})["Location"]
    waits = text_of(client.get(after))
    assert "Vi väntar på betalningen" in waits
    assert "123-4566" in waits
    assert client.cookies == {}
    pay(Charge.objects.get())
    assert "Välkommen, Kim!" in text_of(client.get(after))
    deliver_due()
    sent = dict(Letter.objects.values_list("kind", "state"))
    # The invoice had not left when the money came.
    assert sent.pop("member_already") == "skipped"
    assert sent == {"member_invoice": "skipped", "member_welcome": "sent"}
    # Back to the page where one pays: it is done.
    back = str(client.get(answer["Location"])["Location"])
    # The same page; the second in which the address was signed may be another.
    assert back.split(":", maxsplit=1)[0] == after.split(":")[0]


def test_no_way_to_pay_is_chosen_beforehand_and_one_has_to_be(client: Client) -> None:
    address = types_in(client)["Location"]
    assert "checked" not in client.get(address).content.decode()
    answer = client.post(address)
    assert answer.status_code == 422
    assert "Välj hur du vill betala" in text_of(answer)
    assert client.post(address, {"method": "card"}).status_code == 422
    assert Charge.objects.count() == 0


def test_who_comes_back_from_stripe_without_paying_is_told_that_nothing_is_paid(
    client: Client,
) -> None:
    address = types_in(client)["Location"]
    page = text_of(client.get(f"{address}?avbruten=1"))
    assert "Inget är betalt. Det du skrev finns kvar." in page


def test_stripe_away_is_said_kindly_and_the_order_stays(client: Client, settings: Any) -> None:
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_x", "whsec_x"
    settings.STRIPE_API_BASE, settings.STRIPE_RETRIES = "http://127.0.0.1:9", 0
    PaymentSettings.objects.update(takes_card=True)
    address = types_in(client)["Location"]
    answer = client.post(address, {"method": "card"})
    assert answer.status_code == 503
    assert "Vi når inte betaltjänsten just nu." in text_of(answer)
    assert Charge.objects.get().state == Charge.State.OPEN
    client.post(address, {"method": "invoice"})
    assert Charge.objects.count() == 1


def test_who_wants_paper_is_asked_where_to_send_it(client: Client) -> None:
    address = types_in(client, paper="on")["Location"]
    assert address.startswith("/bli-medlem/adress/")
    wrong = client.post(address, {"street": "Gatan 1", "postcode": "12", "town": ""})
    assert wrong.status_code == 422
    assert "Skriv fem siffror, till exempel 126 53" in text_of(wrong)
    assert 'value="Gatan 1"' in wrong.content.decode()
    right = {"street": "Gatan 1", "postcode": "126 53", "town": "Hägersten"}
    pay_page = client.post(address, right)["Location"]
    assert "Gatan 1, 126 53 Hägersten" in text_of(client.get(pay_page))


def test_pressing_twice_and_going_back_to_correct_is_one_application(client: Client) -> None:
    address = types_in(client)["Location"]
    again = re.search(r"/bli-medlem/uppgifter/\?ratta=[^\"]+", client.get(address).content.decode())
    assert again
    form = client.get(again[0]).content.decode()
    key = re.search(r'name="submission" value="([^"]+)"', form)
    assert key
    assert 'value="Lind"' in form
    types_in(client, submission=key[1], last_name="Ek")
    types_in(client, submission=key[1], last_name="Ek")
    assert Application.objects.get().last_name == "Ek"


def test_what_was_saved_can_be_continued_by_the_link_in_the_letter(client: Client) -> None:
    answer = types_in(client, first_name="", last_name="", later="1")
    assert "Titta i din e-post" in text_of(client.get(answer["Location"]))
    from django.core import mail

    deliver_due()
    link = re.search(r"https?://\S+/bli-medlem/fortsatt/\S+", str(mail.outbox[-1].body))
    assert link
    there = client.get(urlsplit(link[0]).path)
    assert there["Location"].startswith(DETAILS)
    assert 'value="kim@exempel.se"' in client.get(there["Location"]).content.decode()
    Application.objects.update(first_name="Kim", last_name="Lind")
    assert client.get(urlsplit(link[0]).path)["Location"].startswith("/bli-medlem/betala/")


def without_what_was_typed(page: Any) -> str:
    html = re.sub(
        r"(uppgifter/\?ratta=|adress/|betala/|klart/)[^\"&]+", r"\1", page.content.decode()
    )
    return re.sub(r"(known|unknown)@exempel\.se|\b\d{4,}\b", "…", html)


def test_a_member_sees_the_same_pages_as_a_newcomer_and_gets_a_letter(client: Client) -> None:
    join("known@exempel.se", first_name="Kim", last_name="Lind")
    seen = []
    for email in ("known@exempel.se", "unknown@exempel.se"):
        address = types_in(client, email=email)["Location"]
        after = client.post(address, {"method": "invoice"})["Location"]
        pages = [client.get(address), client.get(after)]
        seen.append([without_what_was_typed(page) for page in pages])
    assert seen[0] == seen[1]
    assert told_already() == ["known@exempel.se"]


def test_a_form_asks_as_many_questions_about_a_member_as_about_a_newcomer(client: Client) -> None:
    join("known@exempel.se", first_name="Kim", last_name="Lind")
    types_in(client, email="first@exempel.se")
    asked = []
    for email in ("known@exempel.se", "unknown@exempel.se"):
        with CaptureQueriesContext(connection) as questions:
            types_in(client, email=email)
        asked.append(len(questions))
    assert asked[0] == asked[1]


def test_nobody_gets_in_with_an_address_that_we_have_not_signed(client: Client) -> None:
    types_in(client)
    key = Application.objects.get().key
    for page in ("adress", "betala", "klart", "sparat"):
        assert client.get(f"/bli-medlem/{page}/{key}:x:y/").status_code == 404
    assert client.get("/bli-medlem/fortsatt/x/").status_code == 404


def test_the_questions_for_grants_come_after_the_deed_and_are_kept_encrypted(
    client: Client,
) -> None:
    after = pays_by_invoice(client)
    assert "Födelseår" not in text_of(client.get(after))
    pay(Charge.objects.get())
    assert "Födelseår (valfritt)" in text_of(client.get(after))
    answers = {"birth_year": "1985", "gender": "other", "relation": "own"}
    without_yes = client.post(after, answers)
    assert without_yes.status_code == 422
    assert "Kryssa i rutan om vi får spara vad du är" in text_of(without_yes)
    assert client.post(after, answers | {"birth_year": "85"}).status_code == 422
    thanks = client.post(after, answers | {"relation_consent": "on"})
    assert thanks.status_code == 303
    assert "Tack. Dina svar är sparade." in text_of(client.get(thanks["Location"]))
    person = Person.objects.get()
    assert (person.birth_year, person.gender, person.relation) == (1985, "other", "own")
    assert person.relation_consent in Consent.objects.all()
    # Asked once: a second answer changes nothing.
    client.post(after, {"birth_year": "1999"})
    assert Person.objects.get().birth_year == 1985


def test_the_letter_about_waiting_leaves_only_when_the_money_has_not_come(client: Client) -> None:
    after = pays_by_invoice(client)
    client.get(f"{after}?fran=stripe")
    client.get(f"{after}?fran=stripe")
    waiting = Letter.objects.get(kind="member_paid_late")
    assert 590 < (waiting.due_at - timezone.now()).total_seconds() <= 600
    pay(Charge.objects.get())
    Letter.objects.update(due_at=timezone.now())
    deliver_due()
    waiting.refresh_from_db()
    assert waiting.state == Letter.State.SKIPPED


def test_the_days_to_pay_are_those_of_the_board(client: Client) -> None:
    PaymentSettings.objects.update(bankgiro="123-4566", invoice_days=20)
    ours = client.post("/bli-medlem/uppgifter/", TYPED)["Location"]
    assert "Betala inom 20 dagar" in client.get(ours).content.decode()
