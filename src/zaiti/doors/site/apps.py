from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "zaiti.doors.site"
    label = "site"
