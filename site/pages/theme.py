"""How a visitor wants the pages to look: the cookie `tema`, read and written."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "tema"
# A year, in seconds.
COOKIE_AGE = 365 * 24 * 60 * 60
THEMES = ("ljus", "mork", "lugn")
TEXT_SIZES = ("storre", "storst")
IMAGES_OFF = "dolj"


class Look(NamedTuple):
    """Empty words mean the standard: as the phone has it, ordinary text, images shown."""

    theme: str = ""
    text_size: str = ""
    images_off: bool = False


def look_of(request: HttpRequest) -> Look:
    """What the cookie says, as far as we know the words; the standard look otherwise."""
    said = request.COOKIES.get(COOKIE, "").split(".")
    theme = next((word for word in said if word in THEMES), "")
    size = next((word for word in said if word in TEXT_SIZES), "")
    return Look(theme, size, IMAGES_OFF in said)


def remember(response: HttpResponse, look: Look) -> None:
    """One cookie for all three choices, such as "lugn.storre.dolj"; none for the standard look."""
    words = [look.theme, look.text_size, IMAGES_OFF if look.images_off else ""]
    value = ".".join(word for word in words if word)
    if not value:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE, value, max_age=COOKIE_AGE, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
