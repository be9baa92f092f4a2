"""Celery: the clock that drains due rows, and the bell that rings when a row was written.

The rows are the truth. Valkey may lose every message and no letter is lost: the clock finds it.
"""

import os

from celery import Celery
from kombu.transport.redis import Channel

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samvaro.settings")

# A lost broker gets nothing back: the clock rings again. Celery 5.7's worker sometimes ended itself
# over the attempt ("Unrecoverable error: 'NoneType' object has no attribute 'hostname'").
Channel.do_restore = False

app = Celery("samvaro")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
