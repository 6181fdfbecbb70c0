from django.apps import AppConfig


class PanelsConfig(AppConfig):
    name = "zaiti.panels"
    label = "panels"
