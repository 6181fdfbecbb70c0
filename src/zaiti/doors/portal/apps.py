from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "zaiti.doors.portal"
    label = "portal"

    def ready(self) -> None:
        from zaiti.doors.portal import nav, subjects  # noqa: F401, PLC0415  # menu and pages need the apps to be loaded
