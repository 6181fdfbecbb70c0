"""What happens to carriers."""

from zaiti.carriers.actions.follow_up import (
    answer_rectification,
    fail_rectification,
    settle_rectification,
    tell_to_correct,
)
from zaiti.carriers.actions.inactivity import look_at, settle_inactivity_check
from zaiti.carriers.actions.register import announce
from zaiti.carriers.actions.revocation import (
    decide_revocation,
    defend,
    drop_revocation,
    intend_revocation,
    prepare_revocation,
    send_back_revocation,
)
from zaiti.carriers.actions.training import report_training, verify_training

__all__ = [
    "announce",
    "answer_rectification",
    "decide_revocation",
    "defend",
    "drop_revocation",
    "fail_rectification",
    "intend_revocation",
    "look_at",
    "prepare_revocation",
    "report_training",
    "send_back_revocation",
    "settle_inactivity_check",
    "settle_rectification",
    "tell_to_correct",
    "verify_training",
]
