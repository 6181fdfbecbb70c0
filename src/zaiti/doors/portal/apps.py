from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "zaiti.doors.portal"
    label = "portal"
