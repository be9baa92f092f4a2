"""What Wagtail looks things up in, filled once at the end instead of at every save.

That is a third of the time that loading takes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backends
from wagtail.signal_handlers import disable_reference_index_auto_update

from events.models import Event


def _kinds() -> list[type[Model]]:
    """What is both edited and searched."""
    page_types = [kind for kind in apps.get_models() if issubclass(kind, Page) and kind is not Page]
    return [Event, *page_types]


@contextmanager
def filled_at_the_end() -> Iterator[None]:
    kinds = _kinds()
    listening = [
        kind for kind in kinds if post_save.disconnect(post_save_signal_handler, sender=kind)
    ]
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for kind in listening:
            post_save.connect(post_save_signal_handler, sender=kind)
    for kind in kinds:
        _fill(kind, list(kind._default_manager.all()))


def _fill(kind: type[Model], rows: list[Any]) -> None:
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(kind, rows)
    for row in rows:
        ReferenceIndex.create_or_update_for_object(row)
