"""Nobody's address ends up in a log file."""

import logging
import re

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Paths whose last part opens a door without a log-in.
_TOKEN = re.compile(r"(/(?:bokning|plats|fornya|bekrafta|volontar|klart|val|avsluta)/)[\w:.-]{16,}")


def mask(text: str) -> str:
    return _TOKEN.sub(r"\1•••", _ADDRESS.sub("•••@•••", text))


class MaskPersonalData(logging.Filter):
    """Replaces mail addresses and link tokens in everything that is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if (clean := mask(message)) != message:
            record.msg, record.args = clean, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = mask(logging.Formatter().formatException(record.exc_info))
        return True
