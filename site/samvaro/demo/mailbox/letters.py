"""Letters as files: one .eml each, named by when it came."""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path

NAME = re.compile(r"\d{8}-\d{6}-\d{6}-[0-9a-f]{6}")
STAMP = "%Y%m%d-%H%M%S-%f"
# The envelope says whom the letter really went to; the To line is only what it claims.
ENVELOPE_TO = "X-Envelope-To"
# As many as a person looks through.
SHOWN = 200


@dataclass(frozen=True)
class Summary:
    """One line of the list."""

    name: str
    arrived: datetime
    subject: str
    sender: str
    recipient: str
    beginning: str


@dataclass(frozen=True)
class Attachment:
    number: int
    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    summary: Summary
    headers: list[tuple[str, str]]
    text: str
    html: str
    attachments: list[Attachment]


class Box:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, content: bytes, recipients: list[str]) -> str:
        """Write the letter, whole or not at all, and return its name."""
        name = f"{datetime.now(UTC).strftime(STAMP)}-{secrets.token_hex(3)}"
        envelope = f"{ENVELOPE_TO}: {', '.join(recipients)}\r\n".encode()
        fresh = self.folder / f".{name}"
        fresh.write_bytes(envelope + content)
        fresh.chmod(0o600)
        fresh.replace(self.folder / f"{name}.eml")
        return name

    def names(self) -> list[str]:
        """Newest first."""
        found = (file.stem for file in self.folder.glob("*.eml"))
        return sorted((name for name in found if NAME.fullmatch(name)), reverse=True)

    def newest(self, word: str = "") -> list[Summary]:
        """The newest letters with this word in their subject or address."""
        found = []
        for name in self.names():
            summary = _summary(self.folder / f"{name}.eml")
            line = f"{summary.subject} {summary.sender} {summary.recipient}".casefold()
            if word.casefold() in line:
                found.append(summary)
            if len(found) == SHOWN:
                break
        return found

    def raw(self, name: str) -> bytes | None:
        file = self.folder / f"{name}.eml"
        return file.read_bytes() if NAME.fullmatch(name) and file.is_file() else None

    def letter(self, name: str) -> Letter | None:
        content = self.raw(name)
        if content is None:
            return None
        message = _parsed(content)
        return Letter(
            summary=_summary(self.folder / f"{name}.eml"),
            headers=[(key, _header(message, key)) for key in dict.fromkeys(message.keys())],
            text=_body(message, "plain"),
            html=_body(message, "html"),
            attachments=_attachments(message),
        )


@lru_cache(maxsize=2000)
def _summary(file: Path) -> Summary:
    """A letter never changes, so each is read once."""
    message = _parsed(file.read_bytes())
    return Summary(
        name=file.stem,
        arrived=datetime.strptime(file.stem[:22], STAMP).replace(tzinfo=UTC),
        subject=_header(message, "Subject"),
        sender=_header(message, "From"),
        recipient=_header(message, ENVELOPE_TO) or _header(message, "To"),
        beginning=" ".join(_body(message, "plain").split())[:140],
    )


def _parsed(content: bytes) -> EmailMessage:
    return message_from_bytes(content, EmailMessage, policy=policy.default)


def _header(message: EmailMessage, name: str) -> str:
    """All lines of that name. One that breaks the rules is shown as it came, not hidden."""
    try:
        return "\n".join(str(value) for value in message.get_all(name, []))
    except Exception:  # the standard parser fails in many ways
        return "\n".join(str(value) for key, value in message.raw_items() if key == name)


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        # An encoding that nobody knows.
        content = part.get_payload(decode=True)
        return content.decode(errors="replace") if isinstance(content, bytes) else ""


def _attachments(message: EmailMessage) -> list[Attachment]:
    found = []
    for number, part in enumerate(message.iter_attachments() if message.is_multipart() else ()):
        content = part.get_payload(decode=True)
        name = part.get_filename() or f"bilaga-{number + 1}"
        body = content if isinstance(content, bytes) else b""
        found.append(Attachment(number, name, part.get_content_type(), body))
    return found
