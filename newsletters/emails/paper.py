"""From the blocks' paper reading to pieces that the paper is set of.

A piece is its kind and its runs; a run is a look and its words. The words go into the paper as data,
so nothing that somebody typed is ever a part of the paper's own text.
"""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

# Kinds of pieces by the tags that open them.
KINDS = {"h2": "heading", "p": "text", "li": "point", "dt": "term", "dd": "text"}
BOLD = ("b", "strong")
# An address that nobody would type is left out: the reader can find the way from our start page.
LONGEST_ADDRESS = 45
Piece = list[Any]


def pieces(html: str) -> list[Piece]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [
        [kind, runs] for kind, runs in reader.found if any(words.strip() for _look, words in runs)
    ]


def short_address(url: str) -> str:
    """forening.example/aktiviteter: as one types it."""
    if url.startswith("/"):
        url = settings.SITE_URL + url
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return ""
    whole = f"{parts.netloc.removeprefix('www.')}{parts.path}".rstrip("/")
    return whole if len(whole) <= LONGEST_ADDRESS else ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[list[str]]]] = []
        self._bold, self._url, self._shown = 0, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in KINDS:
            self.found.append((KINDS[tag], []))
        elif tag in BOLD:
            self._bold += 1
        elif tag == "br":
            self._add("text", "\n")
        elif tag == "a":
            self._url, self._shown = dict(attrs).get("href") or "", ""

    def handle_endtag(self, tag: str) -> None:
        if tag in BOLD:
            self._bold = max(0, self._bold - 1)
        elif tag == "a":
            address = short_address(self._url)
            if address and address not in self._shown:
                self._add("address", f" ({address})")
            self._url = ""
        elif tag in ("ul", "ol", "dl", *KINDS):
            # What follows between two pieces begins one of its own.
            self.found.append(("text", []))

    def handle_data(self, data: str) -> None:
        self._shown += data
        words = " ".join(data.split())
        if not words:
            words = " " if data and self.found and self.found[-1][1] else ""
        else:
            words = (" " if data[0].isspace() else "") + words + (" " if data[-1].isspace() else "")
        if words:
            self._add("bold" if self._bold else "text", words)

    def _add(self, look: str, words: str) -> None:
        if not self.found:
            self.found.append(("text", []))
        self.found[-1][1].append([look, words])
