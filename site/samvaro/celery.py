"""Celery: the clock that drains due rows, and the bell that rings when a row was written.

The rows are the truth. Valkey may lose every message and no letter is lost: the clock finds it.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samvaro.settings")

app = Celery("samvaro")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
