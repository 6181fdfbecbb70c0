from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "zaiti.doors.portal"
    label = "portal"

    def ready(self) -> None:
        from zaiti.doors.portal import nav  # noqa: F401, PLC0415  # the menu needs the apps to be loaded
