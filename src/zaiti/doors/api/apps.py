from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "zaiti.doors.api"
    label = "api"
