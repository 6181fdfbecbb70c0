from django.apps import AppConfig


class ReplayConfig(AppConfig):
    name = "zaiti.replay"
    label = "replay"
