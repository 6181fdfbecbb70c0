from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "zaiti.programmes"
    label = "programmes"
