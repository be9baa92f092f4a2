"""Pages as plain text, so that they can be read and corrected as text, made into blocks.

    ## Rubrik           ### Underrubrik
    Ett stycke, med **fetstil** och [en länk](/kontakt/).
    - en punkt          1. ett steg
    | Var: Hägersten    a fact
    ? Kostar det? Nej.  a question, up to its question mark, and the answer
    ! Bra att veta.     a box; !! important, !!! urgent
    > Se träffar: /aktiviteter/     a button
    = activities 3      a list that the system keeps

An empty line ends a paragraph.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

Block = dict[str, Any]
# What an address of our own becomes in rich text, so that the link survives a move of its page.
LinkMaker = Callable[[str], str]

_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_BOXES = {1: "info", 2: "warn", 3: "acute"}
# These end with their line.
_ALONE = ("#", ">", "=")
_SIGNS = re.compile(r"(#{2,3}|!{1,3}|[-|?>=]|1\.) +")


def plain_link(address: str) -> str:
    return f'href="{address}"'


def to_blocks(text: str, link: LinkMaker = plain_link) -> list[Block]:
    """What Wagtail keeps in a StreamField."""
    parts = [_split(part) for part in _paragraphs(text)]
    found: list[Block] = []
    for sign, run in groupby(parts, key=lambda part: _kind(part[0])):
        found += _MAKERS[sign](list(run), link)
    return found


def _paragraphs(text: str) -> Iterator[str]:
    """Lines that belong together, on one line; each line with a sign of its own alone."""
    waiting: list[str] = []
    for line in (line.strip() for line in [*text.strip().splitlines(), ""]):
        ends = not line or _SIGNS.match(line) or (waiting and waiting[0].startswith(_ALONE))
        if waiting and ends:
            yield " ".join(waiting)
            waiting = []
        if line:
            waiting.append(line)


def _split(part: str) -> tuple[str, str]:
    found = _SIGNS.match(part)
    return (found.group(1), part[found.end() :]) if found else ("", part)


def _kind(sign: str) -> str:
    """Which run a part belongs to: paragraphs and points make one text together."""
    return "text" if sign in {"", "-"} else sign[0]


Parts = list[tuple[str, str]]


def _headings(parts: Parts, link: LinkMaker) -> list[Block]:
    return [_block("heading", {"text": text, "level": f"h{len(sign)}"}) for sign, text in parts]


def _text(parts: Parts, link: LinkMaker) -> list[Block]:
    html = []
    for sign, run in groupby(parts, key=lambda part: part[0]):
        if sign == "-":
            html.append("".join(f"<li>{_inline(text, link)}</li>" for _, text in run))
            html[-1] = f"<ul>{html[-1]}</ul>"
        else:
            html += [f"<p>{_inline(text, link)}</p>" for _, text in run]
    return [_block("text", "".join(html))]


def _steps(parts: Parts, link: LinkMaker) -> list[Block]:
    return [_block("steps", [text for _, text in parts])]


def _facts(parts: Parts, link: LinkMaker) -> list[Block]:
    pairs = [text.split(": ", 1) for _, text in parts]
    return [_block("facts", [{"term": term, "value": value} for term, value in pairs])]


def _questions(parts: Parts, link: LinkMaker) -> list[Block]:
    items = []
    for _, text in parts:
        question, _, answer = text.partition("? ")
        html = f"<p>{_inline(answer, link)}</p>"
        items.append({"question": f"{question}?", "answer": html})
    return [_block("questions", items)]


def _boxes(parts: Parts, link: LinkMaker) -> list[Block]:
    return [
        _block("box", {"kind": _BOXES[len(sign)], "text": f"<p>{_inline(text, link)}</p>"})
        for sign, text in parts
    ]


def _buttons(parts: Parts, link: LinkMaker) -> list[Block]:
    pairs = [text.rsplit(": ", 1) for _, text in parts]
    return [
        _block("button", {"text": text, "page": None, "address": address})
        for text, address in pairs
    ]


def _lists(parts: Parts, link: LinkMaker) -> list[Block]:
    pairs = [text.split() for _, text in parts]
    return [_block("listing", {"what": what, "count": int(count)}) for what, count in pairs]


_MAKERS: dict[str, Callable[[Parts, LinkMaker], list[Block]]] = {
    "text": _text,
    "#": _headings,
    "1": _steps,
    "|": _facts,
    "?": _questions,
    "!": _boxes,
    ">": _buttons,
    "=": _lists,
}


def to_html(text: str, link: LinkMaker = plain_link) -> str:
    """Paragraphs and points as rich text, for fields that are not made of blocks."""
    return "".join(block["value"] for block in to_blocks(text, link))


def _inline(text: str, link: LinkMaker) -> str:
    text = _BOLD.sub(r"<b>\1</b>", text)
    return _LINK.sub(lambda found: f"<a {link(found.group(2))}>{found.group(1)}</a>", text)


def _block(kind: str, value: Any) -> Block:
    return {"type": kind, "value": value}
