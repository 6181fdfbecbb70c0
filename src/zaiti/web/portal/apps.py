from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "zaiti.web.portal"
    label = "portal"
