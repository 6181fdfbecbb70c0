from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "zaiti.doors.desk"
    label = "desk"
