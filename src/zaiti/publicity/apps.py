from django.apps import AppConfig


class PublicityConfig(AppConfig):
    name = "zaiti.publicity"
    label = "publicity"
