"""Small things that the shared templates need: the form's token, and numbers that stay whole."""

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


@register.simple_tag(takes_context=True)
def session_token(context: Context) -> str:
    """Django's token, for whoever has a session. It sets a cookie, so nobody else gets one."""
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
    )


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
    """tisdag kl. 13–14, where the hours stay with their "kl."."""
    text = str(text).replace("kl. ", f"kl.{NO_BREAK_SPACE}")
    return text.replace("–", f"{WORD_JOINER}–{WORD_JOINER}")


@register.filter
def tel(number: str) -> SafeString:
    """What a telephone dials: digits, and a plus first."""
    return SafeString("".join(sign for sign in str(number) if sign.isdigit() or sign == "+"))
