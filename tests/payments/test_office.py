"""The treasurer's room as it is used: who sees what, and what the buttons do."""

import re
import uuid
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import User
from payments.models import BankFile, BankRow, BooksClosed, Charge, Flag, Payment
from payments.ocr import ocr
from payments.services import ledger, matching
from payments.signals import what_ends
from privacy.models import AccessLog
from tests.doors import CSRF_FREE, log_in
from tests.factories import ChargeFactory, MembershipFactory, PersonFactory, UserFactory
from tests.payments import bankpapers
from tests.payments.bankpapers import deposit

pytestmark = pytest.mark.django_db
ROOM = "/admin/avgifter/"


@pytest.fixture
def susi() -> User:
    return UserFactory(role="kassor", first_name="Susi", last_name="Ek")


@pytest.fixture
def room(client: Client, susi: User) -> Client:
    return log_in(client, susi)


def post(client: Client, more: str, **typed: Any) -> Any:
    return client.post(ROOM + more, typed, **CSRF_FREE)


def text_of(response: Any) -> str:
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(words.replace("\xa0", " ").split())


def paid(amount: int = 20_000, **facts: Any) -> Charge:
    charge = ChargeFactory(amount=amount, **facts)
    ledger.record(
        charge, kind="paid", method="bankgiro", amount=amount,
        source=f"test:{uuid.uuid4()}", happened_at=timezone.now(),
    )  # fmt: skip
    charge.refresh_from_db()
    return charge


def a_row(by: User, amount: int = 20_000, **facts: Any) -> BankRow:
    file = BankFile.objects.get_or_create(
        digest="x",
        defaults={"name": "b.xml", "kind": "camt.054", "read_at": timezone.now(), "read_by": by},
    )[0]
    return BankRow.objects.create(
        file=file, key=str(uuid.uuid4()), amount=amount, booked_on=date(2026, 11, 16), **facts
    )


def states() -> list[str]:
    return [charge.state.value for charge in Charge.objects.order_by("pk")]


# --- who ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["redaktor", "samordnare", "medlemsregister", "dataskydd"])
def test_for_others_the_room_does_not_exist(client: Client, role: str) -> None:
    log_in(client, UserFactory(role=role))
    assert client.get(ROOM).status_code == 404


def test_the_board_sees_sums_and_no_name(client: Client) -> None:
    paid(payer_name="Kim Lind", union_share=5_000)
    log_in(client, UserFactory(role="styrelse"))
    text = text_of(client.get(ROOM))
    assert "1 betald, 0 väntar, 0 att para ihop." in text
    assert "Medlemsavgift 1 1 200 kr 50 kr" in text
    assert "Kim Lind" not in text


@pytest.mark.parametrize("more", ["{n}/", "para-ihop/", "lagg-in/", "filer/", "bokforing/"])
def test_the_board_opens_no_row(client: Client, more: str) -> None:
    log_in(client, UserFactory(role="styrelse"))
    charge = paid()
    assert client.get(ROOM + more.format(n=charge.number)).status_code == 404


# --- the list -----------------------------------------------------------------------------------


def test_the_sentence_stands_first_and_the_tabs_count(room: Client, susi: User) -> None:
    paid()
    ChargeFactory.create_batch(2)
    a_row(susi)
    text = text_of(room.get(ROOM))
    year = timezone.localdate().year
    assert f"{year}: 1 betald, 2 väntar, 1 att para ihop." in text
    assert "Betalda (1) Väntar (2) Att para ihop (1) Återbetalda (0)" in text


def test_a_row_says_all_in_words(room: Client) -> None:
    charge = paid(payer_name="Åsa Öberg")
    day = timezone.localdate()
    assert f"{charge.number} Åsa Öberg 200 kr Bankgiro {day} Betald" in text_of(room.get(ROOM))


def test_what_is_late_says_so(room: Client) -> None:
    ChargeFactory(payer_name="Bo", due_on=date(2020, 1, 1))
    assert "senast 2020-01-01 Väntar, sen" in text_of(room.get(ROOM + "?visa=vantar"))


def test_a_charge_is_found_by_name_number_and_ocr(room: Client) -> None:
    charge = ChargeFactory(payer_name="Åsa Öberg", year=2020)
    ChargeFactory(payer_name="Bo Ek")
    for words in ["öberg", str(charge.number), f"Avgift {charge.number}", ocr(charge.number)]:
        text = text_of(room.get(ROOM, {"q": words}))
        assert "1 träff på" in text, words
        assert "Åsa Öberg" in text


@pytest.mark.parametrize("words", ["%", "'", "1" * 40, "\x00", "å" * 500, "٣"])
def test_whatever_is_searched_for_is_answered(room: Client, words: str) -> None:
    assert room.get(ROOM, {"q": words}).status_code == 200


def questions(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("more", ["?visa=betalda", "?visa=vantar", "?q=Kim", "para-ihop/"])
def test_the_list_asks_the_same_for_one_and_for_fifty(room: Client, susi: User, more: str) -> None:
    def add() -> None:
        charge = ChargeFactory(payer_name="Kim")
        paid(payer_name="Kim")
        matching.pair(a_row(susi), paid(payer_name="Kim"), by=susi)
        a_row(susi, reference=ocr(charge.number))

    add()
    one = questions(room, ROOM + more)
    for _ in range(50):
        add()
    assert questions(room, ROOM + more) == one
    assert one <= 30


# --- one charge ---------------------------------------------------------------------------------


def test_opening_a_charge_is_noted(room: Client) -> None:
    charge = paid()
    assert room.get(f"{ROOM}{charge.number}/").status_code == 200
    noted = AccessLog.objects.values_list("action", "about", "reference")
    assert list(noted) == [("view", "payments.Charge", charge.title)]


def test_cash_is_laid_in_once_however_often_it_is_pressed(room: Client) -> None:
    charge = ChargeFactory(amount=20_000)
    typed = {
        "charge": str(charge.number), "amount": "200,00", "method": "cash",
        "day": "2026-11-16", "note": "Kvitto 7", "key": str(uuid.uuid4()),
    }  # fmt: skip
    for _ in range(2):
        answer = post(room, "lagg-in/", **typed)
        assert (answer.status_code, answer["Location"]) == (303, f"{ROOM}{charge.number}/")
    line = Payment.objects.get()
    assert (line.amount, line.method, line.note) == (20_000, "cash", "Kvitto 7")
    assert states() == ["paid"]


def test_a_charge_may_be_named_by_its_payer(room: Client) -> None:
    ChargeFactory(payer_name="Åsa Öberg", amount=20_000)
    ChargeFactory(payer_name="Bo Ek")
    typed = {"amount": "200", "method": "cash", "day": "2026-11-16", "key": str(uuid.uuid4())}
    assert post(room, "lagg-in/", charge="öberg", **typed).status_code == 303
    assert states() == ["paid", "open"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"charge": ""}, "Skriv numret på avgiften"),
        ({"charge": "1"}, "Ingen avgift som väntar har det numret eller namnet"),
        ({"amount": ""}, "Skriv beloppet"),
        ({"amount": "tvåhundra"}, "Skriv beloppet i kronor så här: 200 eller 199,50"),
        ({"amount": "-5"}, "Skriv beloppet i kronor så här: 200 eller 199,50"),
        ({"amount": "NaN"}, "Skriv beloppet i kronor så här: 200 eller 199,50"),
        ({"amount": "1,005"}, "Skriv beloppet i kronor så här: 200 eller 199,50"),
        ({"amount": "99999999999"}, "Skriv beloppet i kronor så här: 200 eller 199,50"),
        ({"method": ""}, "Välj hur pengarna kom"),
        ({"day": ""}, "Skriv vilken dag det hände"),
        ({"day": "igår"}, "Skriv dagen så här: 2026-11-16"),
        ({"day": "2999-01-01"}, "Dagen har inte varit än"),
        ({"day": "1899-01-01"}, "Det är för länge sedan. Kontrollera dagen"),
    ],
)
def test_what_is_missing_is_said_kindly(room: Client, change: dict[str, str], words: str) -> None:
    charge = ChargeFactory()
    typed = {
        "charge": str(charge.number), "amount": "200", "method": "cash", "day": "2026-11-16",
        "key": str(uuid.uuid4()),
    }  # fmt: skip
    answer = post(room, "lagg-in/", **(typed | change))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Payment.objects.exists()


def test_a_fee_is_let_go_by_a_decision_and_can_be_taken_back(room: Client) -> None:
    charge = ChargeFactory(amount=20_000)
    where = f"{charge.number}/efterskank/"
    assert post(room, where, key=str(uuid.uuid4()), day="2026-11-16", note="").status_code == 422
    post(room, where, key=str(uuid.uuid4()), day="2026-11-16", note="§ 7")
    assert states() == ["paid"]
    line = Payment.objects.get()
    for _ in range(2):
        assert post(room, f"{charge.number}/rader/{line.pk}/angra/").status_code == 303
    assert states() == ["open"]


def test_what_is_void_is_not_asked_for(room: Client) -> None:
    charge, has_paid = ChargeFactory(), paid()
    for one in (charge, has_paid):
        assert room.get(f"{ROOM}{one.number}/makulera/").status_code == 200
        assert post(room, f"{one.number}/makulera/").status_code == 303
    assert states() == ["void", "paid"]


def test_what_stripe_told_is_not_undone_here(room: Client) -> None:
    charge = ChargeFactory(amount=20_000)
    line = ledger.record(
        charge, kind="paid", method="card", amount=20_000, source="stripe:pi_1",
        happened_at=timezone.now(),
    )  # fmt: skip
    assert line is not None
    post(room, f"{charge.number}/rader/{line.pk}/angra/")
    assert states() == ["paid"]


def test_the_consequence_is_told_before_money_goes_back(room: Client) -> None:
    def ends(sender: Any, charge: Charge, **more: Any) -> str:
        return "Medlemskapet slutar i dag."

    charge = paid()
    what_ends.connect(ends)
    try:
        text = text_of(room.get(f"{ROOM}{charge.number}/aterbetala/"))
    finally:
        what_ends.disconnect(ends)
    assert text.index("Medlemskapet slutar i dag.") < text.index("Betala tillbaka 200 kr")
    assert states() == ["paid"]


def test_money_goes_back_once_however_often_it_is_pressed(room: Client) -> None:
    charge = paid()
    for _ in range(2):
        post(room, f"{charge.number}/aterbetala/", amount="200 kr", seen="0")
    assert states() == ["refunded"]
    assert [line.amount for line in Payment.objects.order_by("pk")] == [20_000, -20_000]


def test_a_part_goes_back_and_never_more_than_there_is(room: Client) -> None:
    charge = paid()
    answer = post(room, f"{charge.number}/aterbetala/", amount="200,01", seen="0")
    assert (answer.status_code, "mer än vad som finns kvar" in text_of(answer)) == (422, True)
    post(room, f"{charge.number}/aterbetala/", amount="50", seen="0")
    charge.refresh_from_db()
    assert (charge.returned, charge.state) == (5_000, Charge.State.PAID)


def test_giving_back_asks_for_the_second_factor_again(client: Client, susi: User) -> None:
    log_in(client, susi, ago=16 * 60)
    charge = paid()
    assert post(client, f"{charge.number}/aterbetala/", amount="200", seen="0").status_code == 302
    assert states() == ["paid"]


# --- the bank -----------------------------------------------------------------------------------


def test_a_file_is_read_and_reported(room: Client) -> None:
    charge = ChargeFactory(amount=20_000)
    content = BytesIO(bankpapers.camt(deposit(ocr=ocr(charge.number)), deposit()))
    content.name = "bank.xml"
    answer = post(room, "filer/", file=content)
    assert answer.status_code == 303
    text = text_of(room.get(answer["Location"]))
    assert "2 nya rader. 1 är ihopparade, 1 väntar på dig eller är åt sidan." in text
    assert states() == ["paid"]


def test_a_table_tells_how_its_headings_were_read(room: Client) -> None:
    content = BytesIO("Bokföringsdag;Insatt;Namn\n2026-11-16;200,00;Kim\n".encode("latin-1"))
    content.name = "konto.csv"
    text = text_of(room.get(post(room, "filer/", file=content)["Location"]))
    assert "Dag Bokföringsdag Belopp Insatt Betalare Namn" in text


def test_a_file_that_is_refused_says_why(room: Client) -> None:
    content = BytesIO(b"hej")
    content.name = "hej.csv"
    answer = post(room, "filer/", file=content)
    assert answer.status_code == 422
    assert "Vi hittar ingen rad med rubrikerna datum och belopp." in text_of(answer)
    assert post(room, "filer/").status_code == 422


def test_a_row_is_paired_undone_given_and_put_aside_by_buttons(room: Client, susi: User) -> None:
    charge = ChargeFactory(amount=25_000, payer_name="Kim Lind")
    row = a_row(susi, reference=ocr(charge.number), payer="Kim Lind")
    text = text_of(room.get(f"{ROOM}para-ihop/"))
    assert "OCR stämmer, beloppet är 50 kr för lite" in text
    where = f"para-ihop/{row.pk}/"
    post(room, where, do="pair", number=ocr(charge.number))
    assert "Nyss ihopparat 200 kr Kim Lind, 2026-11-16" in text_of(room.get(f"{ROOM}para-ihop/"))
    assert Flag.objects.get().kind == "too_little"
    post(room, where, do="undo")
    post(room, where, do="later")
    assert "Visa 1 undanlagd" in text_of(room.get(f"{ROOM}para-ihop/"))
    assert "Ta fram igen" in text_of(room.get(f"{ROOM}para-ihop/?visa=undanlagda"))
    post(room, where, do="up")
    post(room, where, do="gift")
    assert [(one.kind, one.state.value) for one in Charge.objects.order_by("pk")] == [
        ("fee", "open"), ("gift", "paid"),
    ]  # fmt: skip
    assert post(room, where, do="dance").status_code == 404


def test_a_number_that_is_nobodys_changes_nothing(room: Client, susi: User) -> None:
    row = a_row(susi)
    answer = post(room, f"para-ihop/{row.pk}/", do="pair", number="1")
    assert answer.status_code == 303
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert [text.strip() for text in said] == ["Ingen avgift har det numret. Raden väntar kvar."]


# --- what did not add up ------------------------------------------------------------------------


def test_a_flag_is_settled_with_a_word_about_it(room: Client, susi: User) -> None:
    flag = ledger.flag("too_much", about="x", charge=paid(), facts={"amount": 100})
    assert "1 sak att kontrollera" in text_of(room.get(ROOM))
    assert post(room, "kontrollera/", flag=flag.pk, note="").status_code == 422
    assert post(room, "kontrollera/", flag=flag.pk, note="Blev en gåva").status_code == 303
    flag.refresh_from_db()
    assert (flag.settled_by, flag.note) == (susi, "Blev en gåva")
    assert post(room, "kontrollera/", flag=flag.pk, note="igen").status_code == 404
    assert "Allt stämmer." in text_of(room.get(f"{ROOM}kontrollera/"))


def test_that_a_membership_ends_is_told_by_the_app_that_knows(room: Client) -> None:
    from members.receivers import tell_what_the_treasurer_ends

    assert tell_what_the_treasurer_ends(charge=paid()) == ""
    membership = MembershipFactory(charge=paid())
    where = f"{ROOM}{membership.charge.number}/aterbetala/"
    assert "Medlemskapet slutar i dag." in text_of(room.get(where))


def test_what_was_given_back_is_undone_before_what_came(room: Client) -> None:
    charge = paid()
    post(room, f"{charge.number}/aterbetala/", amount="200", seen="0")
    came, left = Payment.objects.order_by("pk")
    post(room, f"{charge.number}/rader/{came.pk}/angra/")
    assert states() == ["refunded"]
    post(room, f"{charge.number}/rader/{left.pk}/angra/")
    assert states() == ["paid"]
    post(room, f"{charge.number}/aterbetala/", amount="200", seen="0")
    assert states() == ["refunded"]


def test_in_a_closed_period_the_treasurer_is_told_where_it_went(room: Client, susi: User) -> None:
    closed = {"to_day": date(2026, 6, 30), "closed_at": timezone.now(), "closed_by": susi}
    BooksClosed.objects.create(**closed)
    charge, today = ChargeFactory(), timezone.localdate()
    typed = {"amount": "200", "method": "cash", "day": "2026-06-01", "key": str(uuid.uuid4())}
    answer = post(room, "lagg-in/", charge=str(charge.number), **typed)
    (said,) = [str(message).strip() for message in get_messages(answer.wsgi_request)]
    assert said.endswith(f"Perioden är låst, så det bokförs {today}.")
    assert Payment.objects.get().booked_on == today


# --- by the number of a member --------------------------------------------------------------------


def test_the_number_of_a_member_finds_what_they_were_asked_for(room: Client) -> None:
    theirs, other = ChargeFactory(payer_name="Kim"), ChargeFactory(payer_name="Bo")
    person = PersonFactory(member_number=7)
    MembershipFactory(person=person, charge=theirs)
    text = text_of(room.get(ROOM + "?q=7"))
    assert ("1 träff på ”7”" in text, str(other.number) in text) == (True, False)
    typed = {"charge": "7", "amount": "200", "method": "cash", "day": timezone.localdate(),
             "key": uuid.uuid4()}  # fmt: skip
    room.post(ROOM + "lagg-in/", typed, **CSRF_FREE)
    theirs.refresh_from_db()
    assert theirs.received == 20_000
