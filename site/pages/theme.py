"""How a visitor wants the pages to look: the cookie `tema`, cleaned."""

from typing import NamedTuple

from django.http import HttpRequest

COOKIE = "tema"
THEMES = ("ljus", "mork", "lugn")
TEXT_SIZES = ("storre", "storst")
IMAGES_OFF = "dolj"


class Look(NamedTuple):
    theme: str = ""
    text_size: str = ""
    images_off: bool = False


def look_of(request: HttpRequest) -> Look:
    """What the cookie says, as far as we know the words; the standard look otherwise."""
    said = request.COOKIES.get(COOKIE, "").split(".")
    theme = next((word for word in said if word in THEMES), "")
    size = next((word for word in said if word in TEXT_SIZES), "")
    return Look(theme, size, IMAGES_OFF in said)
