"""Nobody's address ends up in a log file."""

import logging
import re

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# The code in a log-in link.
_CODE = re.compile(r"([?&]kod=)[^&\s\"']+")
# Paths whose last part opens a door without a log-in.
_TOKEN = re.compile(
    r"(/(?:bokning|plats|fornya|bekrafta|volontar|klart|val|avsluta|medlemskort|radering|narvaro)/)[\w:.-]{16,}"
)


def mask(text: str) -> str:
    text = _ADDRESS.sub("•••@•••", text)
    return _CODE.sub(r"\1•••", _TOKEN.sub(r"\1•••", text))


class MaskPersonalData(logging.Filter):
    """Replaces mail addresses and link tokens in everything that is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            # A log line with a fault in it must not become a page with a fault in it.
            message = f"{record.msg} {record.args}"
        record.msg, record.args = mask(message), ()
        if record.exc_info:
            text = record.exc_text or logging.Formatter().formatException(record.exc_info)
            record.exc_text = mask(text)
        if record.stack_info:
            record.stack_info = mask(record.stack_info)
        return True


class NoRejectedForms(logging.Filter):
    """A form that is shown again (422) is a person's ordinary day, and no warning."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", None) != 422
