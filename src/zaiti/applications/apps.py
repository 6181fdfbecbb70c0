from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "zaiti.applications"
    label = "applications"
