from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "zaiti.web.site"
    label = "site"
