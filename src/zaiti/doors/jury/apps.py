from django.apps import AppConfig


class JuryConfig(AppConfig):
    name = "zaiti.doors.jury"
    label = "jury"
