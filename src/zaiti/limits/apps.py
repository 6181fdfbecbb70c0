from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "zaiti.limits"
    label = "limits"
