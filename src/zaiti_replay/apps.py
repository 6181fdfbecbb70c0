import sys

from django.apps import AppConfig


class ReplayConfig(AppConfig):
    name = "zaiti_replay"
    label = "replay"

    def ready(self) -> None:
        """Answer to the name under which scripts for the demo's shell knew it until now."""
        sys.modules.setdefault("zaiti.replay", sys.modules["zaiti_replay"])
