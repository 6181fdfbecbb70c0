from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "zaiti.web.api"
    label = "api"
