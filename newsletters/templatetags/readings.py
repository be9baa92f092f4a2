"""The blocks of a letter, in each of their readings."""

import re
from html.parser import HTMLParser
from typing import Any

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import ngettext

from newsletters.blocks import absolute
from newsletters.models import Issue
from newsletters.services import typed
from prose import lix

register = template.Library()
_ADDRESS = re.compile(r"https?://\S+")


@register.simple_tag(takes_context=True)
def block_as(context: Context, child: Any, reading: str) -> str:
    """One block in one reading: ".mail.html", ".txt" or ".html". Fails where it has none.

    It is given the block's own facts and nothing of the letter around it, so that no reader's name
    can end up in a page that everybody sees.
    """
    found: Any = get_template(f"newsletters/blocks/{child.block_type}{reading}")
    facts = child.block.get_context(child.value)
    inner: str = found.template.render(Context(facts, autoescape=context.autoescape))
    return inner


@register.simple_tag
def length_of(issue: Issue) -> str:
    """How much it is to read, in words."""
    words = len(lix.words(typed.running_text(issue)))
    minutes = max(1, round(words / lix.CALM_PACE))
    text = ngettext(
        "Nu: %(words)d ord, ungefär %(minutes)d minut.",
        "Nu: %(words)d ord, ungefär %(minutes)d minuter.",
        minutes,
    )
    return text % {"words": words, "minutes": minutes}


@register.simple_tag
def time_to_read(issue: Issue) -> str:
    """For its reader: all that stands in the letter, in a calm pace."""
    bodies = [block_as(Context(autoescape=False), child, ".txt") for child in issue.body]
    text = _ADDRESS.sub("", "\n".join([issue.greeting, *bodies]))
    minutes = max(1, lix.minutes_to_read(text))
    return ngettext("Lästid %(n)d minut", "Lästid %(n)d minuter", minutes) % {"n": minutes}


@register.filter
def from_home(html: str) -> str:
    """Links and pictures with their whole address: in a mailbox there is no site to start from."""
    for name in ("href", "src"):
        html = html.replace(f'{name}="/', f'{name}="{absolute("/")}')
    return html


@register.filter
def in_full(address: str) -> str:
    return absolute(address)


@register.filter
def as_text(html: str) -> str:
    """The words of rich text: paragraphs apart, lists with dashes, links spelled out."""
    reader = _Words()
    reader.feed(str(html))
    return reader.text


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._link = ""

    @property
    def text(self) -> str:
        return "".join(self._parts).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            self._parts.append("\n- ")
        elif tag in ("br", "ul", "ol"):
            self._parts.append("\n")
        elif tag == "a":
            self._link = absolute(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "ul", "ol"):
            self._parts.append("\n\n")
        elif tag == "a" and self._link:
            self._parts.append(f" ({self._link})")
            self._link = ""

    def handle_data(self, data: str) -> None:
        self._parts.append(data)
