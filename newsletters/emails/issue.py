"""The words of an issue, made once for all its readers: marks stand where each one's own words go.

The page that anybody may read is made from `Public`, which holds no reader at all.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from mail import campaigns
from mail.emails import render
from mail.letters import Content
from mail.models import Association
from newsletters.doors import TEST, choice_url
from newsletters.emails.paper import pieces
from newsletters.models import Issue

TEMPLATE = "newsletters/mail/newsletter_issue"
# What is each reader's own: the greeting, and the signed part of the link to their choice.
HELLO, CHOICE = "hello", "choice"


@dataclass(frozen=True)
class Made:
    """As it is frozen. `marks`: what stands in the place of each reader's own words."""

    subject: str
    text: str
    html: str
    marks: dict[str, str]
    is_newsletter: bool
    # As newsletters.papers prints it; what was frozen before there was paper has none.
    paper: Any = None


def make(issue: Issue) -> Made:
    """Random marks, so that nothing that somebody typed can look like one."""
    marks = {name: f"mark{secrets.token_hex(12)}" for name in (HELLO, CHOICE)}
    url = choice_url(marks[CHOICE]) if issue.is_newsletter else ""
    subject, text, html = _render(issue, hello=marks[HELLO], url=url)
    return Made(subject, text, html, marks, issue.is_newsletter, on_paper(issue))


def as_content(issue: Issue, *, hello: str, url: str, is_test: bool) -> Content:
    """What the template is given; also for a test to oneself."""
    because = _("Det här får alla medlemmar. Det är inte nyhetsbrevet.")
    context: dict[str, Any] = {
        "issue": issue,
        "hello": hello,
        "choice_url": url,
        "is_test": is_test,
        "on": timezone.localtime(issue.send_at) if issue.send_at else timezone.localtime(),
    }
    return Content(TEMPLATE, context, because)


def look_at(issue: Issue, *, name: str = "") -> tuple[str, str, str]:
    """Subject, text and HTML as somebody of that name reads them. Its links lead nowhere."""
    url = choice_url(TEST) if issue.is_newsletter else ""
    return _render(issue, hello=hello(name), url=url)


def _render(issue: Issue, *, hello: str, url: str) -> tuple[str, str, str]:
    content = as_content(issue, hello=hello, url=url, is_test=False)
    subject, text, html = render(content, Association.load())
    return subject, with_code(text, issue.code or ""), with_code(html, issue.code or "")


# Where somebody signs up or becomes a member, in our own house.
_WAYS_IN = r"(?:aktiviteter|bli-medlem)/[\w/-]*"


def with_code(words: str, code: str) -> str:
    """The code of the letter on the links that lead to a form; on no other, and of no reader."""
    ours = re.compile(rf"{re.escape(settings.SITE_URL)}/{_WAYS_IN}(?![\w/?#-])")
    return ours.sub(lambda found: campaigns.with_code(found[0], code), words) if code else words


def in_the_dark(html: str) -> str:
    """As a mail program in dark mode shows it, also in a browser that is light."""
    return html.replace("@media (prefers-color-scheme: dark)", "@media all")


def on_paper(issue: Issue) -> list[Any]:
    """What stands between the greeting and the names, piece by piece (paper.Pieces)."""
    body = render_to_string("newsletters/paper_body.html", {"issue": issue})
    return pieces(body)


def hello(name: str) -> str:
    return _("Hej %(name)s!") % {"name": name} if name else _("Hej!")


@dataclass(frozen=True)
class Public:
    """Everything that the public page is made of."""

    title: str
    on: datetime
    greeting: str
    body: Any


def public(issue: Issue) -> Public:
    assert issue.send_at is not None  # only what has been sent is public
    return Public(issue.subject, issue.send_at, issue.greeting, issue.body)
