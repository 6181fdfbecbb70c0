from django.apps import AppConfig


class JuryConfig(AppConfig):
    name = "zaiti.web.jury"
    label = "jury"
