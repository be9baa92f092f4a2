"""The project: settings, addresses, and what concerns every app at once."""

from samvaro.celery import app as celery_app

__all__ = ["celery_app"]
