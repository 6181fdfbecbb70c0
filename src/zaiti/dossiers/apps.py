from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "zaiti.dossiers"
    label = "dossiers"
