from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PapersConfig(AppConfig):
    name = "zaiti.papers"
    label = "papers"

    def ready(self) -> None:
        """Have each room's kinds of papers."""
        autodiscover_modules("papers")
