from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "zaiti.studio"
    label = "studio"
