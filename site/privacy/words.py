"""Words that tell about somebody's health.

They never leave the house in a subject, a calendar file, a bank text or a file name.
"""

import re

# Beginnings of words, so that "depressionen" and "ångestsyndrom" are found too.
HEALTH_WORDS = (
    "adhd",
    "affektiv",
    "anhörig",
    "autism",
    "bipolär",
    "brukarråd",
    "depress",
    "diagnos",
    "självhjälp",
    "självmord",
    "suicid",
    "mani",
    "hypoman",
    "medicin",
    "patient",
    "psykiatri",
    "psykisk",
    "psykos",
    "samtalsgrupp",
    "sjukdom",
    "terapi",
    "utmatt",
    "utbränd",
    "ångest",
)
_PATTERN = re.compile(rf"\b(?:{'|'.join(HEALTH_WORDS)})\w*", re.IGNORECASE)


def health_word_in(text: str) -> str:
    """The first word in the text that tells about health, or an empty string."""
    found = _PATTERN.search(text)
    return found.group() if found else ""
