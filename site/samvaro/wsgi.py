"""The door for a web server: gunicorn samvaro.wsgi."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samvaro.settings")

application = get_wsgi_application()
