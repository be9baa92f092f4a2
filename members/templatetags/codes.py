"""Long codes, for people who type them."""

from django import template

register = template.Library()

NO_BREAK_SPACE = "\u00a0"


@register.filter
def in_fours(code: str) -> str:
    """PGKX GDFW HT3P: every app takes it with the spaces."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


@register.filter
def in_halves(code: str) -> str:
    """482 913, on one line."""
    half = len(code) // 2
    return f"{code[:half]}{NO_BREAK_SPACE}{code[half:]}"
