from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "zaiti.doors.ui"
    label = "ui"
