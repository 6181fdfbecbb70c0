from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "zaiti.web.desk"
    label = "desk"
