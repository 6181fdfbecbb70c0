from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "zaiti.screening"
    label = "screening"
