"""What has been typed into a letter: its words, and what in them would never do in a mailbox."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from newsletters.models import Issue
from privacy.words import health_word_in
from prose.blocks import words_in

# Fields of blocks that are not read as running text.
_NOT_RUNNING = {"address", "alt"}
# What other systems put a name into. Here it would stand as it is in every mailbox.
_TEMPLATE = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\*\|\w+\|\*|%%\w+%%|%\(\w+\)s|%recipient[.\w]*%|\[\[\w+\]\]"
    r"|\{\{|\}\}|\{%|%\}|<%.*?%>|\$\{\w+\}"
)


def everything(issue: Issue) -> str:
    """All that somebody typed, the inbox first."""
    own = [issue.subject, issue.preheader, issue.greeting]
    return "\n".join([*own, *words_in(issue.body, set())])


def running_text(issue: Issue) -> str:
    return "\n".join([issue.greeting, *words_in(issue.body, _NOT_RUNNING)])


def problem_in_the_inbox(text: str) -> str:
    """Why this cannot stand in an inbox, or nothing."""
    if has_control_sign(text):
        return _("Skriv på en rad.")
    if word := health_word_in(text):
        words = _("Ordet ”%(word)s” syns på låsta skärmar. Välj ett neutralt ord.")
        return words % {"word": word}
    if sign := template_sign_in(text):
        return _no_template(sign)
    return ""


def problems(issue: Issue) -> Iterator[str]:
    """In the greeting and the blocks: signs that cannot be seen, and others' ways of naming."""
    fields = [_without_lines(issue.greeting), *_single_lines(issue)]
    for text in fields:
        if has_control_sign(text):
            shown = " ".join(text.split())[:40]
            yield _("”%(text)s” har en radbrytning eller ett osynligt tecken.") % {"text": shown}
    texts = [issue.greeting, *words_in(issue.body, set())]
    for sign in dict.fromkeys(found for text in texts if (found := template_sign_in(text))):
        yield _no_template(sign)


def _no_template(sign: str) -> str:
    words = _(
        "”%(sign)s” skrivs ut som det står. Ta bort det. Hej och namnet kommer av sig självt."
    )
    return words % {"sign": sign}


def template_sign_in(text: str) -> str:
    found = _TEMPLATE.search(text)
    return found.group()[:40] if found else ""


def has_control_sign(text: str) -> bool:
    """Line breaks in what is one line, and signs that nobody sees."""
    return any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in text)


def _without_lines(text: str) -> str:
    return text.replace("\r\n", " ").replace("\n", " ")


def _single_lines(issue: Issue) -> Iterator[str]:
    """Rich text has lines of its own; all other fields are one line."""
    others = [child for child in issue.body if child.block_type != "text"]
    return words_in(others, set())


def broken_blocks(issue: Issue) -> list[str]:
    """What the blocks ask for that is missing, in words. A draft may lack anything."""
    try:
        issue.body.stream_block.clean(issue.body)
    except ValidationError as error:
        labels = [str(child.block.label) for child in issue.body]
        return list(dict.fromkeys(_told(error, labels)))
    return []


def _told(error: Any, labels: list[str]) -> Iterator[str]:
    if isinstance(error, StreamBlockValidationError):
        for number, inner in error.block_errors.items():
            if isinstance(number, int):
                yield from (f"{labels[number]}: {text}" for text in _inner(inner))
        if error.non_block_errors:
            yield from error.non_block_errors
    else:
        yield from _inner(error)


def _inner(error: Any) -> Iterator[str]:
    if isinstance(error, StructBlockValidationError | ListBlockValidationError):
        errors = error.block_errors
        several = errors.values() if isinstance(errors, dict) else errors
        for inner in several:
            yield from _inner(inner) if inner else ()
        yield from getattr(error, "non_block_errors", None) or ()
    else:
        yield from error.messages
