from django.apps import AppConfig


class CarriersConfig(AppConfig):
    name = "zaiti.carriers"
    label = "carriers"
