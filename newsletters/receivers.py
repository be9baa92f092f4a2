"""What newsletters do when something happened in the register."""

from typing import Any

from django.dispatch import receiver

from members.models import Application
from members.signals import joined
from newsletters.services import choices


@receiver(joined, dispatch_uid="newsletter_at_joining")
def keep_the_tick(application: Application, **kwargs: Any) -> None:
    choices.answered_at_joining(application.email, application.newsletter_consent)
