"""What happens to calls and published texts."""

from zaiti.notices.actions.calls import (
    draft_call,
    edit_call,
    extend_call,
    prepare_call,
    publish_call,
    send_back_call,
)
from zaiti.notices.actions.texts import correct_text, publish_text

__all__ = [
    "correct_text",
    "draft_call",
    "edit_call",
    "extend_call",
    "prepare_call",
    "publish_call",
    "publish_text",
    "send_back_call",
]
