from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "zaiti.files"
    label = "files"
