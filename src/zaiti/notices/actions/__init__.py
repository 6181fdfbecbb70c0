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
from zaiti.notices.actions.city import (
    acknowledge,
    prepare_city_notice,
    publish_city_notice,
    remind_of_city_notice,
    send_back_city_notice,
)
from zaiti.notices.actions.texts import publish_text

__all__ = [
    "acknowledge",
    "draft_call",
    "edit_call",
    "prepare_call",
    "prepare_city_notice",
    "prepare_correction",
    "prepare_extension",
    "publish_amendment",
    "publish_call",
    "publish_city_notice",
    "publish_text",
    "remind_of_city_notice",
    "send_back_amendment",
    "send_back_call",
    "send_back_city_notice",
]
