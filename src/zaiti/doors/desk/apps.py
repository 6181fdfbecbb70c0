from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "zaiti.doors.desk"
    label = "desk"

    def ready(self) -> None:
        from zaiti.doors.desk import nav, subjects  # noqa: F401, PLC0415  # menu and pages need the apps to be loaded
