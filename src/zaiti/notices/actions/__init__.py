"""What happens to calls and published texts."""

from zaiti.notices.actions.amendments import (
    prepare_correction,
    prepare_extension,
    publish_amendment,
    send_back_amendment,
)
from zaiti.notices.actions.calls import (
    draft_call,
    edit_call,
    prepare_call,
    publish_call,
    send_back_call,
)
from zaiti.notices.actions.texts import publish_text

__all__ = [
    "draft_call",
    "edit_call",
    "prepare_call",
    "prepare_correction",
    "prepare_extension",
    "publish_amendment",
    "publish_call",
    "publish_text",
    "send_back_amendment",
    "send_back_call",
]
