from django.apps import AppConfig


class ReplayConfig(AppConfig):
    name = "zaiti_replay"
    label = "replay"
