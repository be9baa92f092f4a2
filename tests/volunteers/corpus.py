"""What somebody may type to make a page run it or a table calculate it."""

from html import escape, unescape

SCRIPTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><svg onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% debug %}",
    "'-alert(1)-'",
    "<!--<script>-->",
]
FORMULAS = ["=1+1", "+46 70", "-2+3", "@SUM(1)", "\t=1+1", "＝1+1", '=HYPERLINK("http://x.se")']


def inert(page: str, typed: str) -> bool:
    """The words stand on the page, and nowhere as markup."""
    is_markup = "<" in typed and typed in page
    return not is_markup and (escape(typed) in page or typed in unescape(page))
