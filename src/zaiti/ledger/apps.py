from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "zaiti.ledger"
    label = "ledger"
