"""Swedish words as people type them: with or without dots, in any inflection."""

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")
# Endings of nouns and adjectives, the longest first. What is left is a beginning to search for,
# so a letter too many taken off only makes the search a little wider.
_ENDINGS = (
    "arnas", "ernas", "ornas", "heten", "arna", "erna", "orna", "ande", "ende", "aren",
    "are", "ast", "ets", "ens", "ar", "er", "or", "en", "et", "an", "as", "es",
    "a", "e", "n", "t", "s",
)  # fmt: skip
# No beginning is shorter than this, in letters: "ro" would find half of the dictionary.
SHORTEST_STEM = 4
# Words from this length on may be compounds, and the tails that are kept of them.
_LONG_WORD = 9
_SHORTEST_TAIL = 4


def fold(text: str) -> str:
    """Lower case without dots, rings and accents: "Föreläsning" and "forelasning" are one word."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def stem(word: str) -> str:
    """The beginning that the inflections of a folded word share.

    "studiecirklar" gives "studiecirk", which also begins "studiecirkel".
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word.removesuffix(ending)
            break
    if len(word) > SHORTEST_STEM and word[-1] == word[-2]:  # medlem, medlemmar
        word = word[:-1]
    # The vowel that comes and goes: cirkel–cirklar, fönster–fönstren, vapen–vapnen.
    if re.search(r"[^aeiouy][lnr]$", word) and len(word) > SHORTEST_STEM:
        return word[:-1]
    if re.search(r"e[lnr]$", word) and len(word) - 2 >= SHORTEST_STEM:
        return word[:-2]
    return word


def with_tails(text: str) -> str:
    """The folded words of a title, and the tails of long ones: Swedish words are put together.

    A search for words that begin so then finds "samtalsgrupp" for somebody who typed "grupp".
    """
    found: dict[str, None] = {}
    for word in words(text):
        found[word] = None
        if len(word) >= _LONG_WORD:
            found |= {word[at:]: None for at in range(1, len(word) - _SHORTEST_TAIL + 1)}
    return " ".join(found)
