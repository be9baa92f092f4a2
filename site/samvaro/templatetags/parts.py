"""Small things that the shared templates need: the form's token, and numbers that stay whole."""

import re

from django import template
from django.conf import settings
from django.middleware.csrf import get_token
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

NO_BREAK_SPACE = "\u00a0"
NO_BREAK_HYPHEN = "\u2011"
WORD_JOINER = "\u2060"
# The space in "2 juni 2026".
_DAY_OF_MONTH = re.compile(r"(?<=\d) (?=[a-z]+ \d{4})")


@register.simple_tag(takes_context=True)
def session_token(context: Context) -> str:
    """Django's token, for whoever has a session. It sets a cookie, so nobody else gets one."""
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
    )


@register.simple_tag(takes_context=True)
def frame_part(context: Context, template_name: str) -> SafeString:
    """A part of what stands around every page: drawn once for each edition and place in the menu.

    It may show nothing but what comes from the frame (pages.context_processors).
    """
    assert context.template is not None
    draw = context.template.engine.get_template(template_name).render
    frame = context.get("frame")
    if frame is None:
        return draw(context)
    here = (template_name, *(item["url"] for item in context["menu"] if item["current"]))
    if here not in frame.drawn:
        frame.drawn[here] = draw(context)
    return frame.drawn[here]


@register.simple_tag
def house_address() -> str:
    """The mailbox that letters come from: known also when the database is away."""
    return settings.DEFAULT_FROM_EMAIL


@register.filter
def whole(text: str) -> str:
    """A telephone number that is never broken over two lines."""
    return str(text).replace(" ", NO_BREAK_SPACE).replace("-", NO_BREAK_HYPHEN)


@register.filter
def clock_whole(text: str) -> str:
    """tisdag 2 juni 2026, kl. 13–14, where the hours stay with "kl." and 2 with its month."""
    text = str(text).replace("kl. ", f"kl.{NO_BREAK_SPACE}")
    text = _DAY_OF_MONTH.sub(NO_BREAK_SPACE, text)
    return text.replace("–", f"{WORD_JOINER}–{WORD_JOINER}")


@register.filter
def tel(number: str) -> SafeString:
    """What a telephone dials: digits, and a plus first."""
    return SafeString("".join(sign for sign in str(number) if sign.isdigit() or sign == "+"))
