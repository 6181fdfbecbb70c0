from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "zaiti.clock"
    label = "clock"
