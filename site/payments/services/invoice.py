"""What somebody needs to know to pay by themselves: bankgiro and OCR, or Swish to the association.

Nothing tells us when Swish is used this way: the money is found in the bank's report (the
treasurer's room), by the same reference as on the bankgiro.
"""

import base64
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

import qrcode
from qrcode.image.svg import SvgPathImage

from payments.kronor import decimals
from payments.models import Charge, PaymentSettings
from payments.ocr import ocr

# The longest message that the app takes.
LONGEST_MESSAGE = 50
# Nothing that the code says can be changed by the payer: neither payee, amount nor message.
ALL_LOCKED = 0


@dataclass(frozen=True)
class Invoice:
    title: str
    # Öre, what is left to pay.
    amount: int
    bankgiro: str
    ocr: str
    due_on: date
    # Empty where the association has no number of its own.
    swish_number: str
    swish_link: str
    swish_code: str

    @property
    def swish_picture(self) -> str:
        """The code as a picture, ready for the src of an <img>; empty without Swish."""
        return as_data(picture(self.swish_code)) if self.swish_code else ""


def details(charge: Charge) -> Invoice:
    chosen, reference = PaymentSettings.load(), ocr(charge.number)
    amount, number = max(charge.left, 0), chosen.swish_number
    return Invoice(
        title=charge.title,
        amount=amount,
        bankgiro=chosen.bankgiro,
        ocr=reference,
        due_on=charge.due_on,
        swish_number=number,
        swish_link=swish_link(number, amount, reference) if number else "",
        swish_code=swish_code(number, amount, reference) if number else "",
    )


def swish_code(number: str, amount: int, message: str) -> str:
    """What a QR code says to the app. Two decimals and a comma."""
    kronor = f"{decimals(amount):.2f}".replace(".", ",")
    return f"C{number};{kronor};{quote(message[:LONGEST_MESSAGE])};{ALL_LOCKED}"


def swish_link(number: str, amount: int, message: str) -> str:
    """Opens the app on the same phone. Two decimals and a dot."""
    told = {
        "sw": number,
        "amt": f"{decimals(amount):.2f}",
        "cur": "SEK",
        "msg": message[:LONGEST_MESSAGE],
        "edit": "msg",
        "src": "qr",
    }
    return f"https://app.swish.nu/1/p/sw/?{urlencode(told, quote_via=quote)}"


def picture(text: str) -> bytes:
    """A QR code as SVG."""
    svg: bytes = qrcode.make(text, image_factory=SvgPathImage, border=2).to_string()
    return svg


def as_data(svg: bytes) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
