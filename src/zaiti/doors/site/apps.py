from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "zaiti.doors.site"
    label = "site"

    def ready(self) -> None:
        from zaiti.doors.site import nav, subjects  # noqa: F401, PLC0415  # menu and pages need the apps to be loaded
