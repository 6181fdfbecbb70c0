from django.apps import AppConfig


class JuryConfig(AppConfig):
    name = "zaiti.doors.jury"
    label = "jury"

    def ready(self) -> None:
        from zaiti.doors.jury import nav, subjects  # noqa: F401, PLC0415  # menu and pages need the apps to be loaded
