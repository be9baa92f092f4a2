"""The eleven blocks of which editors build a page (ux.md 3.3). No block holds another.

Whatever must hold for a reader is checked when a page is to be seen, never when a draft is saved:
a half-written page can always be put away.
"""

from pages.blocks.body import Body, WideBody, words_of

__all__ = ["Body", "WideBody", "words_of"]
