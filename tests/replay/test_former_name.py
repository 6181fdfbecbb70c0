"""Scripts for the demo's shell go on working."""

from datetime import datetime
from importlib import import_module
from zoneinfo import ZoneInfo


def test_the_replay_answers_to_its_former_name():
    moment = import_module("zaiti.replay.play").moment
    assert moment("2025-12-29", 9) == datetime(2025, 12, 29, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
