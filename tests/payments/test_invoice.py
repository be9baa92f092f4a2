import base64

from defusedxml import ElementTree

from payments.models import Charge
from payments.ocr import ocr
from payments.services.invoice import details, swish_code, swish_link
from payments.services.ledger import record
from tests.payments.conftest import Chooser


def test_the_code_for_swish_is_spelled_as_swish_says() -> None:
    assert swish_code("1237856901", 10_000, "12229445") == "C1237856901;100,00;12229445;0"


def test_the_link_for_swish_is_spelled_as_swish_says() -> None:
    assert swish_link("1230000000", 25_000, "Avgift 10042") == (
        "https://app.swish.nu/1/p/sw/?sw=1230000000&amt=250.00&cur=SEK&msg=Avgift%2010042"
        "&edit=msg&src=qr"
    )


def test_a_message_that_could_break_the_code_is_escaped_and_cut() -> None:
    assert swish_code("1230000000", 1, ";0;" + "x" * 60) == (
        f"C1230000000;0,01;%3B0%3B{'x' * 47};0"
    )


def test_an_invoice_says_where_how_much_and_until_when(charge: Charge, choose: Chooser) -> None:
    choose(bankgiro="123-4567", swish_number="1230000000")

    invoice = details(charge)

    assert (invoice.title, invoice.amount, invoice.bankgiro, invoice.ocr, invoice.due_on) == (
        f"Avgift {charge.number}",
        20_000,
        "123-4567",
        ocr(charge.number),
        charge.due_on,
    )
    assert invoice.swish_code == f"C1230000000;200,00;{ocr(charge.number)};0"


def test_the_picture_of_the_code_is_an_svg_without_scripts(charge: Charge, choose: Chooser) -> None:
    choose(swish_number="1230000000")

    head, _, body = details(charge).swish_picture.partition(",")
    root = ElementTree.fromstring(base64.b64decode(body))

    assert head == "data:image/svg+xml;base64"
    assert [element.tag.rpartition("}")[2] for element in root.iter()] == ["svg", "path"]


def test_without_a_number_there_is_no_swish_on_the_invoice(charge: Charge, choose: Chooser) -> None:
    choose(bankgiro="123-4567")
    invoice = details(charge)
    assert (invoice.swish_link, invoice.swish_code, invoice.swish_picture) == ("", "", "")


def test_an_invoice_asks_for_what_is_left(charge: Charge, choose: Chooser) -> None:
    record(
        charge,
        kind="paid",
        method="bankgiro",
        amount=15_000,
        source="bank:1",
        happened_at=charge.created_at,
    )
    charge.refresh_from_db()
    assert details(charge).amount == 5_000
