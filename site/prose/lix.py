"""How hard a Swedish text is to read: words per sentence plus the share of long words.

The same sum as the content checker of Wagtail's editor shows, so that both say the same.
"""

import math
import re

# A word of more letters than this is long.
LONG_WORD = 6
# Shorter texts say too little, in words.
SHORTEST_TEXT = 25
# The editor is warned above the first and stopped above the second (ux.md D11).
WARN_ABOVE = 35
STOP_ABOVE = 40
# Words a minute for a tired reader (ux.md D11).
CALM_PACE = 150

_WORD = re.compile(r"[^\W_]+(?:[’'.,:-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n+")


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def sentences(text: str) -> int:
    return sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part))


def lix(text: str) -> float | None:
    """The readability index; None for a text that is too short to say."""
    found = words(text)
    if len(found) < SHORTEST_TEXT:
        return None
    long = sum(1 for word in found if len(word) > LONG_WORD)
    return len(found) / sentences(text) + 100 * long / len(found)


def minutes_to_read(text: str) -> int:
    """Rounded up; 0 means less than a minute."""
    minutes = len(words(text)) / CALM_PACE
    return 0 if minutes < 1 else math.ceil(minutes)
