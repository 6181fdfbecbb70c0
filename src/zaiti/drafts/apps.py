from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "zaiti.drafts"
    label = "drafts"
