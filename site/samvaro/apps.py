from django.apps import AppConfig


class SamvaroConfig(AppConfig):
    name = "samvaro"
    verbose_name = "Samvaro"
