"""One layout for every letter: subject, text and HTML from a trio of templates (ux.md M1–M21)."""

from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context, engines
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from mail.letters import Content, letter, writer_of
from mail.models import Association, Letter, PreparedFile
from mail.smtp import back_to

# Longest subject, in characters (ux.md M8).
LONGEST_SUBJECT = 50
# The one letter of mail's own.
EXPORT_READY = "export_ready"


class NothingToTell(Exception):
    """What the letter was about is gone or over; it should not leave."""


def build(letter: Letter, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The letter as it leaves now. Raises NothingToTell."""
    content = writer_of(letter.kind)(letter)
    if content is None:
        raise NothingToTell
    association = Association.load()
    subject, text, html = render(content, association)
    name, answers_to = content.writer or (association.short_name, association.email)
    sender = formataddr((name, settings.DEFAULT_FROM_EMAIL))
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        # The envelope; what the reader sees is the header.
        from_email=back_to(letter.pk) or sender,
        to=[letter.to],
        reply_to=[answers_to],
        headers={
            "From": sender,
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",
        },
        connection=connection,
    )
    message.attach_alternative(html, "text/html")
    for part in content.attachments:
        message.attach(part.name, part.content, part.kind)
    return message


def render(content: Content, association: Association) -> tuple[str, str, str]:
    """Subject, text and HTML of a letter."""
    context: dict[str, Any] = {
        **content.context,
        "association": association,
        "because": content.because,
        "site_url": settings.SITE_URL,
    }
    subject = " ".join(_plain(f"{content.template}-subject.txt", context).split())
    context["subject"] = subject[:LONGEST_SUBJECT]
    text = _plain(f"{content.template}.txt", context).strip() + "\n"
    return context["subject"], text, render_to_string(f"{content.template}.html", context)


def _plain(template: str, context: dict[str, Any]) -> str:
    """Text is text: an ampersand in a name stays one."""
    engine = engines["django"].engine  # type: ignore[attr-defined]  # the only engine we have
    return str(engine.get_template(template).render(Context(context, autoescape=False)))


@letter(EXPORT_READY)
def export_ready(row: Letter) -> Content | None:
    """A list that took long to make can be fetched, or could not be made. Says not which."""
    file = PreparedFile.objects.defer("content").filter(pk=row.about["file"]).first()
    if file is None:
        return None
    return Content(
        template="mail/export_ready",
        context={
            "failed": file.failed_at is not None,
            "url": settings.SITE_URL + reverse("pages:file", args=[file.pk]),
        },
        because=_("Du får det här mejlet för att du bad om en lista."),
    )
