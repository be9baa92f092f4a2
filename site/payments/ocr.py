"""Payment references for bankgiro: a length digit and a check digit (domain.md 3.2)."""

SHORTEST, LONGEST = 2, 25


def check_digit(digits: str) -> int:
    """Modulus 10 (Luhn) of what stands before it."""
    doubled = (int(d) * (2 - place % 2) for place, d in enumerate(reversed(digits)))
    return -sum(number // 10 + number % 10 for number in doubled) % 10


def ocr(number: int) -> str:
    """The reference of a charge: its number, the whole length's last digit, the check digit."""
    base = str(number)
    with_length = f"{base}{(len(base) + 2) % 10}"
    return f"{with_length}{check_digit(with_length)}"


def number_of(reference: str) -> int | None:
    """Which charge a reference names; None when a digit is wrong or it is no reference of ours."""
    digits = "".join(reference.split())
    if not (digits.isascii() and digits.isdigit() and SHORTEST < len(digits) <= LONGEST):
        return None
    if check_digit(digits[:-1]) != int(digits[-1]) or len(digits) % 10 != int(digits[-2]):
        return None
    return int(digits[:-2])
