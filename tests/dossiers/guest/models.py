from typing import ClassVar

from django.db import models

from zaiti.applications.models import Application
from zaiti.core.tones import ATTENTION, DONE, Toned
from zaiti.ledger.moves import Move, Stateful
from zaiti.papers.models import Paper


class Greeting(Stateful):
    class State(Toned):
        WAITING = "waiting_to_greet", ATTENTION, "waiting to greet"
        GREETED = "greeted", DONE, "greeted"

    MOVES: ClassVar = {"greet": Move({State.WAITING}, State.GREETED)}
    TO_APPLICATION = "application"

    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)

    class Meta:
        verbose_name = "greeting"
        app_label = "guest"
