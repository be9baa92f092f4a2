"""Words of letters: names that somebody typed, and text that stands in columns."""

import re
import textwrap
import unicodedata

from django import template

register = template.Library()

# Text of a letter, in columns (ux.md M1).
COLUMNS = 72
# So much of a name is greeted, in characters (reliability.md ABU-3).
LONGEST_NAME = 60

# What a mail program would make into a link, or a reader into a telephone number. A name has
# none of it: an address, a path, a dot between two letters (any of the dots of the world), a digit.
_NOT_A_NAME = re.compile(r"[@/\\:\d]|[.。｡]\w{2,}")


@register.filter
def greeting(name: object) -> str:
    """The name that a visitor typed, safe to print in a letter: "Hej {{ name|greeting }}!"

    Anyone can type somebody else's address into a form. So a name carries no link, no line break
    and no message. Nothing may be left; the layout then makes "Hej!" of it.
    """
    text = unicodedata.normalize("NFKC", str(name or ""))
    visible = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    words = [word for word in visible.split() if not _NOT_A_NAME.search(word)]
    return " ".join(words)[:LONGEST_NAME].rstrip()


@register.filter
def mended(text: str) -> str:
    """Take away the space before an exclamation mark, where a name turned out to be empty."""
    return re.sub(r"\s+!", "!", text)


@register.filter
def columns(text: str) -> str:
    """Every line at most 72 wide, one empty line between paragraphs. Addresses are never broken."""
    lines = [_fold(line.strip()) for line in mended(text).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _fold(line: str) -> str:
    return textwrap.fill(
        line,
        COLUMNS,
        subsequent_indent="  " if line.startswith("- ") else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
