from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "zaiti.outbox"
    label = "outbox"
