"""Amounts as people read them. Everywhere else money is whole öre."""

from decimal import Decimal

SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def kronor(ore: int) -> str:
    """200 kr · 199,50 kr · 1 250 kr, never broken over two lines."""
    whole, rest = divmod(abs(ore), 100)
    number = f"{whole:,}".replace(",", SPACE) + (f",{rest:02d}" if rest else "")
    return f"{MINUS if ore < 0 else ''}{number}{SPACE}kr"


def decimals(ore: int) -> Decimal:
    """For files and for machines that want kronor: 199.50."""
    return Decimal(ore) / 100
