from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "zaiti.accounts"
    label = "accounts"
