"""Catalogues of other languages: whole, compiled, and about texts that still exist.

    python -m tests.translations       says what is stale
    python -m tests.translations mo    compiles every .po into the .mo beside it

The texts in the code are Swedish, so there may be no catalogue at all. locale/sv holds what is missing
in the Swedish catalogues of others; tests/samvaro/test_locale.py sees to that.
"""

# ruff: noqa: T201 -- a program for the terminal
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("site", "members", "events", "volunteers", "newsletters")
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "ngettext_lazy": (1, 2)}
KEYWORDS |= {
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "_p": ((1, "c"), 2),
}


def texts() -> set[str]:
    """Every text that the code and the templates ask a translation for."""
    found: set[str] = set()
    for folder in SOURCES:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix == ".py":
                code = file.read_text(encoding="utf-8")
            elif file.suffix in (".html", ".txt") and "templates" in file.parts:
                # What it returns looks like Python, but not its indentation.
                lines = templatize(file.read_text(encoding="utf-8"), origin=str(file)).splitlines()
                code = "\n".join(line.lstrip() for line in lines)
            else:
                continue
            for _, message, _, _ in extract("python", io.BytesIO(code.encode()), KEYWORDS):
                found.add(message if isinstance(message, str) else message[0])
    return found


def catalogues() -> Iterator[tuple[Path, Catalog]]:
    for folder in SOURCES:
        for file in sorted((ROOT / folder).rglob("locale/*/LC_MESSAGES/*.po")):
            with file.open("rb") as source:
                yield file, read_po(source, locale=file.parts[-3])


class Timeless(Catalog):
    """Does not say when, by whom and with what it was compiled: the same words, the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        return [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Plural-Forms", self.plural_forms),
        ]


def compiled(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    catalogue.__class__ = Timeless
    write_mo(out, catalogue)
    return out.getvalue()


def complaints(file: Path, catalogue: Catalog, known: set[str]) -> Iterator[str]:
    translated = set()
    for message in catalogue:
        if not message.id:
            continue
        text = message.id if isinstance(message.id, str) else message.id[0]
        whole = message.string if isinstance(message.string, str) else all(message.string)
        if whole and not message.fuzzy:
            translated.add(text)
    yield from (f"not translated: {text!r}" for text in sorted(known - translated))
    yield from (f"no longer used: {text!r}" for text in sorted(translated - known))
    mo = file.with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != compiled(catalogue):
        yield "not compiled: python -m tests.translations mo"


def main() -> int:
    found = list(catalogues())
    if "mo" in sys.argv[1:]:
        for file, catalogue in found:
            file.with_suffix(".mo").write_bytes(compiled(catalogue))
        return 0
    known = texts()
    found = [(file, catalogue) for file, catalogue in found if file.parts[-3] != "sv"]
    stale = [
        f"{file.relative_to(ROOT)}: {complaint}"
        for file, catalogue in found
        for complaint in complaints(file, catalogue, known)
    ]
    print("\n".join(stale) or f"{len(known)} texts, {len(found)} catalogues, none stale")
    return len(stale) > 0


if __name__ == "__main__":
    sys.exit(main())
