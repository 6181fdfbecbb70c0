from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "zaiti.mandates"
    label = "mandates"
