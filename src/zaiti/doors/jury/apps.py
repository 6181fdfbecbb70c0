from django.apps import AppConfig


class JuryConfig(AppConfig):
    name = "zaiti.doors.jury"
    label = "jury"

    def ready(self) -> None:
        from zaiti.doors.jury import nav  # noqa: F401, PLC0415  # the menu needs the apps to be loaded
