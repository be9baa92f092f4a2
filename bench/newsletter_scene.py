"""Our side and its floor, each in a process of its own. Prints what it measured as JSON.

python -m bench.newsletter_scene fill NUMBER     so many readers, and an issue to all of them
python -m bench.newsletter_scene send AT         send what is due, from that moment on
python -m bench.newsletter_scene together AT     the same, on all connections in one process
python -m bench.newsletter_scene floor NUMBER    a bare smtplib loop with the same bytes
"""

import json
import os
import resource
import smtplib
import sys
import time
from typing import Any

SENDER = "nyhetsbrev@exempel.se"
# A letter of about ten kilobytes.
WORDS = (
    "<p>" + "Vi ses på torsdag och dricker kaffe. Du får bara sitta med om du vill. " * 40 + "</p>"
)


def main(what: str, argument: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "samvaro.settings"
    import django

    django.setup()
    from django.conf import settings

    settings.NEWSLETTER_HOURS = (0, 24)
    print(json.dumps(WAYS[what](float(argument))))


def fill(number: float) -> dict[str, Any]:
    from django.utils import timezone

    from members.models import User
    from newsletters.models import Delivery, Issue, NewsletterSettings
    from newsletters.services import audience, starting

    chosen = NewsletterSettings.load()
    chosen.weekly_budget, chosen.members_without_choice = 30_000, False
    chosen.save()
    _readers(int(number))
    choice = audience.Choice(to=(audience.SUBSCRIBERS,))
    issue = Issue.objects.create(
        subject="Det här händer",
        preheader="Fika",
        body=[("text", WORDS)],
        audience=choice.as_json(),
    )
    shown = audience.count(choice).total
    issue = starting.approve(issue, actor=User.objects.first(), shown=shown)
    now = timezone.now()
    Issue.objects.filter(pk=issue.pk).update(send_at=now)
    Delivery.objects.filter(issue=issue).update(due_at=now)
    return {"prepared": shown}


def _readers(number: int) -> None:
    """Exactly so many who want letters."""
    from django.utils import timezone

    from newsletters.models import Subscription
    from privacy.models import Consent
    from privacy.services import current_text

    Subscription.objects.all().delete()
    now, text = timezone.now(), current_text("newsletter")
    yeses = Consent.objects.bulk_create(
        [Consent(text=text, channel=Consent.Channel.WEB, given_at=now) for _ in range(number)],
        batch_size=1000,
    )
    Subscription.objects.bulk_create(
        [
            Subscription(
                email=f"reader{n}@exempel.se", email_key=f"reader{n}@exempel.se", consent=yes,
                source=Subscription.Source.WEB, created_at=now,
            )
            for n, yes in enumerate(yeses)
        ],
        batch_size=1000,
    )  # fmt: skip


def send(at: float) -> dict[str, Any]:
    from newsletters.services import sending

    begun = _begin(at)
    return _measured(begun, sending.on_one_connection(3600))


def together(at: float) -> dict[str, Any]:
    from newsletters.services import sending

    begun = _begin(at)
    return _measured(begun, sending.work(seconds=3600))


def floor(number: float) -> dict[str, Any]:
    """What anybody would write first: one letter, one call."""
    from django.conf import settings

    from newsletters.emails import issue as words
    from newsletters.emails.message import Reader, cast
    from newsletters.models import Delivery, Issue

    issue = Issue.objects.exclude(made=None).latest("pk")
    made: Any = issue.made
    row = Delivery.objects.filter(issue=issue).first()
    assert row is not None
    letter = cast(words.Made(**made), text_only=False)
    bytes_ = letter.to(Reader(row.reference, row.email, "Kim"))
    at = time.time()
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as smtp:
        for n in range(int(number)):
            smtp.sendmail(SENDER, [f"reader{n}@exempel.se"], bytes_)
    return _measured(at, int(number)) | {"bytes": len(bytes_)}


def _begin(at: float) -> float:
    """Warm, and then all at the same moment; or later, on a machine that is slow to begin."""
    from django.core.checks import run_checks

    from newsletters.services.home import home

    # So does a worker of Celery before its first task; it loads every address that a letter names.
    run_checks()
    home()
    time.sleep(max(0.0, at - time.time()))
    return time.time()


def _measured(begun: float, number: int) -> dict[str, Any]:
    peak, now = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.time()
    times = {"begun": begun, "ended": now, "seconds": now - begun}
    return {"number": number, "peak_kb": peak, **times}


WAYS = {"fill": fill, "send": send, "together": together, "floor": floor}

if __name__ == "__main__":
    main(*sys.argv[1:])
