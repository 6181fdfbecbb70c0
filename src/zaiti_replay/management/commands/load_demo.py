from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from zaiti.accounts.models import User
from zaiti_replay import demo


class Command(BaseCommand):
    help = "Fill an empty demo: the Luohu 2024 year finished, the city's 2025 year under way. Once."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo data exist in demo mode alone: set ZAITI_DEMO=1.")
        if not User.objects.filter(is_demo=True).exists():
            demo.load(self.stderr.write)
        self.stdout.write(f"演示账号（密码均为 {settings.DEMO_PASSWORD}）：")
        for username, what in demo.ACCOUNTS:
            self.stdout.write(f"  {username:<20} {what}")
