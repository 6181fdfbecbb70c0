from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "zaiti.results"
    label = "results"
