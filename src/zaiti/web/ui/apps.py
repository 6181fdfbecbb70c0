from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class UiConfig(AppConfig):
    name = "zaiti.web.ui"
    label = "ui"

    def ready(self) -> None:
        """Have each door's menu, and say which pages show what."""
        autodiscover_modules("nav", "subjects")
