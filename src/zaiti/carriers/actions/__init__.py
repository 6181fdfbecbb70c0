"""What happens to carriers."""

from zaiti.carriers.actions.follow_up import (
    answer_rectification,
    fail_rectification,
    settle_rectification,
    tell_to_correct,
)
from zaiti.carriers.actions.register import announce
from zaiti.carriers.actions.training import report_training, verify_training

__all__ = [
    "announce",
    "answer_rectification",
    "fail_rectification",
    "report_training",
    "settle_rectification",
    "tell_to_correct",
    "verify_training",
]
