from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LedgerConfig(AppConfig):
    name = "zaiti.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Have each room's deeds."""
        autodiscover_modules("deeds")
