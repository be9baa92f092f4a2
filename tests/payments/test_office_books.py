"""Export, accounts, closing and Stripe's payouts, as the treasurer uses them."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from members.models import User
from pages.wagtail_hooks.home import waiting_for
from payments.models import Account, BankFile, BankRow, BooksClosed, Charge, Payout, PayoutLine
from payments.services import ledger
from payments.services.matching import noon
from privacy.models import AccessLog
from tests.doors import log_in
from tests.factories import ChargeFactory, UserFactory
from tests.payments import sie_reader
from tests.payments.test_office import ROOM, post, text_of

pytestmark = pytest.mark.django_db
PERIOD = {"from_day": "2026-01-01", "to_day": "2026-12-31"}


@pytest.fixture
def susi() -> User:
    return UserFactory(role="kassor", first_name="Susi", last_name="Ek")


@pytest.fixture
def room(client: Client, susi: User) -> Client:
    return log_in(client, susi)


def cash(**facts: Any) -> Charge:
    charge = ChargeFactory(amount=19_950, union_share=5_000, year=2026, **facts)
    happened = noon(date(2026, 11, 16))
    ledger.record(
        charge, kind="paid", method="cash", amount=19_950, source=f"x{charge.pk}",
        happened_at=happened, note="=1+1",
    )  # fmt: skip
    return charge


def take(client: Client, kind: str, **more: str) -> Any:
    return post(client, "bokforing/hamta/", kind=kind, **(PERIOD | more))


def test_the_csv_opens_in_a_swedish_spreadsheet_and_has_no_name(room: Client) -> None:
    charge = cash(payer_name="Åsa Öberg")
    answer = take(room, "csv")
    assert answer["Content-Disposition"] == 'attachment; filename="betalningar-2026-12-31.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == [
        "2026-11-16", charge.title, "Medlemsavgift", "2026", "Betalning", "Kontant",
        "199,50", "199,50", "50,00", "'=1+1",
    ]  # fmt: skip
    assert "berg" not in answer.content.decode()


def test_the_same_as_excel_calculates_nothing_that_was_typed(room: Client) -> None:
    cash()
    sheet = load_workbook(io.BytesIO(take(room, "xlsx").content)).active
    assert sheet is not None
    cells = next(iter(sheet.iter_rows(min_row=3)))
    assert (cells[6].value, cells[9].value, cells[9].data_type) == ("199,50", "=1+1", "s")


def test_the_books_are_fetched_once_and_again_as_they_were(room: Client) -> None:
    charge = cash()
    first = take(room, "sie")
    assert first["Content-Disposition"].endswith('.si"')
    assert sie_reader.read(first.content).vouchers[0][2] == charge.title
    again = take(room, "sie")
    assert again.status_code == 422
    assert "Allt i perioden finns redan i en fil." in text_of(again)
    batch = charge.payments.get().sie_batches.get()
    assert post(room, f"bokforing/filer/{batch.pk}/").content == first.content


def test_every_file_is_noted_with_how_many(room: Client) -> None:
    cash()
    for kind in ("csv", "xlsx", "sie"):
        take(room, kind)
    noted = AccessLog.objects.filter(action="export").order_by("pk")
    assert list(noted.values_list("about", "reason")) == [
        ("payments.Payment", "1 rader"),
        ("payments.Payment", "1 rader"),
        ("payments.SieBatch", "1 rader"),
    ]


def test_taking_out_asks_for_the_second_factor_again(client: Client, susi: User) -> None:
    log_in(client, susi, ago=16 * 60)
    cash()
    for more in ("bokforing/hamta/", "bokforing/las/"):
        assert post(client, more, kind="csv", **PERIOD).status_code == 302
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"from_day": ""}, "Skriv vilken dag det hände"),
        ({"to_day": "2025-01-01"}, "Perioden slutar innan den börjar"),
        ({"kind": ""}, "Välj en sort"),
    ],
)
def test_a_period_that_is_none_is_said_kindly(
    room: Client, change: dict[str, str], words: str
) -> None:
    answer = post(room, "bokforing/hamta/", **({"kind": "csv"} | PERIOD | change))
    assert (answer.status_code, words in text_of(answer)) == (422, True)


def test_a_period_is_closed_and_opened_and_both_are_seen(room: Client) -> None:
    post(room, "bokforing/las/", to_day="2026-10-31")
    assert "Bokföringen är låst till och med 2026-10-31." in text_of(room.get(f"{ROOM}bokforing/"))
    assert post(room, "bokforing/las/", to_day="2999-01-01").status_code == 422
    post(room, "bokforing/las/", to_day="")
    text = text_of(room.get(f"{ROOM}bokforing/"))
    assert "Ingen period är låst." in text
    assert ("låste upp" in text, "låste till och med 2026-10-31" in text) == (True, True)
    assert BooksClosed.objects.count() == 2


def accounts(**change: str) -> dict[str, str]:
    rows = list(Account.objects.order_by("number", "pk"))
    typed = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": str(len(rows))}
    for place, row in enumerate(rows):
        typed |= {f"form-{place}-id": str(row.pk), f"form-{place}-number": row.number}
        typed[f"form-{place}-name"] = row.name
        if row.use == "fee":
            typed |= {f"form-{place}-{name}": value for name, value in change.items()}
    return typed


def test_the_accounts_are_those_of_the_standard_until_they_are_changed(room: Client) -> None:
    found = dict(Account.objects.values_list("use", "number"))
    assert found == {
        "bank": "1930", "cash": "1910", "stripe": "1580", "stripe_fee": "6570", "fee": "3010",
        "support": "3020", "taking_part": "3110", "gift": "3993", "union": "2890",
        "in_advance": "2970",
    }  # fmt: skip
    assert post(room, "bokforing/konton/", **accounts(number="3890")).status_code == 303
    assert Account.objects.get(use="fee").number == "3890"
    refused = post(room, "bokforing/konton/", **accounts(number="38"))
    assert (refused.status_code, "Ett konto har fyra siffror" in text_of(refused)) == (422, True)


def test_a_payout_is_a_sentence_with_its_lines(room: Client) -> None:
    line = cash().payments.get()
    payout = Payout.objects.create(
        payout_id="po", arrives_on=date(2026, 11, 16), amount=19_450, noted_at=timezone.now()
    )
    PayoutLine.objects.create(
        payout=payout, transaction_id="t", kind="charge", amount=19_950, fee=500, payment=line
    )
    sentence = "16 november: 194,50 kr = 1 betalning 199,50 kr − avgifter 5 kr"
    assert sentence in text_of(room.get(f"{ROOM}utbetalningar/"))
    text = text_of(room.get(f"{ROOM}utbetalningar/{payout.pk}/"))
    assert sentence in text
    assert f"{line.charge.number} Betalning 199,50 kr 5 kr 194,50 kr" in text


def test_the_first_page_says_what_waits_to_the_treasurer_alone(susi: User) -> None:
    now = timezone.now()
    file = BankFile.objects.create(name="b", kind="csv", digest="x", read_at=now, read_by=susi)
    for number in range(4):
        BankRow.objects.create(file=file, key=str(number), amount=1, booked_on=date(2026, 11, 1))
    ledger.flag("mismatch", about="x")
    lines = [(line.text, line.url) for line in waiting_for(susi, now)]
    assert lines == [
        ("4 betalningar att para ihop", "/admin/avgifter/para-ihop/"),
        ("1 betalning att kontrollera", "/admin/avgifter/kontrollera/"),
    ]
    assert "para ihop" not in str(waiting_for(UserFactory(role="styrelse"), now))
