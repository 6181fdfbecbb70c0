"""What happens in publicity: postings, and objections to what they name."""

from zaiti.publicity.actions.corrections import (
    prepare_posting_correction,
    publish_posting_correction,
    send_back_posting_correction,
)
from zaiti.publicity.actions.objections import (
    decide_objection,
    lodge_objection,
    propose_answer,
    send_back_answer,
    settle_objection_day,
    take_up,
    turn_away,
)
from zaiti.publicity.actions.postings import clear_ended, close_posting, post_candidates
from zaiti.publicity.actions.taking_down import take_down, take_down_with_its_year

__all__ = [
    "clear_ended",
    "close_posting",
    "decide_objection",
    "lodge_objection",
    "post_candidates",
    "prepare_posting_correction",
    "propose_answer",
    "publish_posting_correction",
    "send_back_answer",
    "send_back_posting_correction",
    "settle_objection_day",
    "take_down",
    "take_down_with_its_year",
    "take_up",
    "turn_away",
]
