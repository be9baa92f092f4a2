"""Whatever changes what a visitor sees puts out a new edition of the public pages."""

from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from events.models import Event, Occasion, Registration
from mail.models import Association
from pages.models import CrisisLine, CrisisPage
from pages.services import crisis, pictures
from privacy.edition import new_edition, new_places
from privacy.models import ConsentText
from volunteers.models import Role

# What stands on public pages. A registration is here because it may take the last place.
SEEN_BY_VISITORS: list[type[models.Model]] = [
    Association,
    ConsentText,
    CrisisLine,
    Event,
    Occasion,
    PageViewRestriction,
    Registration,
    Role,
    Site,
    get_image_model(),
    *(model for model in apps.get_models() if issubclass(model, Page)),
]
# What stands on the copy of the crisis page that needs no server.
SEEN_ON_COPY = (Association, CrisisLine, CrisisPage)


@receiver(pre_save, sender=get_image_model(), dispatch_uid="picture_without_traces")
def take_the_traces_away(instance: Any, **kwargs: Any) -> None:
    """Where a photo was taken, and with whose phone. Only of what is uploaded now."""
    if not instance.file or instance.file._committed:
        return
    bare = pictures.without_traces(instance.file.file)
    if bare is not None:
        instance.file = bare
        instance.file_size = None
        instance._set_file_hash()


def changed(instance: Any, created: bool = False, **kwargs: Any) -> None:
    """When it is committed: robust, because a saved row must not become a failed page."""
    if not isinstance(instance, Registration):
        transaction.on_commit(new_edition, robust=True)
    elif instance.seen_by_visitors or not created:
        transaction.on_commit(new_places, robust=True)
    if isinstance(instance, SEEN_ON_COPY):
        transaction.on_commit(crisis.write_copy, robust=True)


for model in SEEN_BY_VISITORS:
    for signal, word in ((post_save, "saved"), (post_delete, "deleted")):
        signal.connect(changed, sender=model, dispatch_uid=f"edition_{word}_{model._meta.label}")
for page_signal in (page_published, page_unpublished, post_page_move):
    page_signal.connect(changed, dispatch_uid="edition_moved")
