from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "zaiti.papers"
    label = "papers"
