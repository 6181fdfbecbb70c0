from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "zaiti.notices"
    label = "notices"
