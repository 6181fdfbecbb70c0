from django.apps import AppConfig


class RankingConfig(AppConfig):
    name = "zaiti.ranking"
    label = "ranking"
