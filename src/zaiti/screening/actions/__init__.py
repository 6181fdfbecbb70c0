"""What happens in form checks."""

from zaiti.screening.actions.corrections import (
    answer_correction,
    lapse,
    return_for_correction,
    settle_correction_day,
)
from zaiti.screening.actions.extra_returns import (
    approve_extra_return,
    ask_extra_return,
    refuse_extra_return,
)
from zaiti.screening.actions.marks import mark_field, mark_material, mark_rest
from zaiti.screening.actions.paper_copies import receive_paper_copy
from zaiti.screening.actions.rulings import accept, decline, deem
from zaiti.screening.actions.uploads import (
    have_read,
    join_parts,
    place_dropped,
    put_in_slot,
    read_anew,
    take_in,
)

__all__ = [
    "accept",
    "answer_correction",
    "approve_extra_return",
    "ask_extra_return",
    "decline",
    "deem",
    "have_read",
    "join_parts",
    "lapse",
    "mark_field",
    "mark_material",
    "mark_rest",
    "place_dropped",
    "put_in_slot",
    "read_anew",
    "receive_paper_copy",
    "refuse_extra_return",
    "return_for_correction",
    "settle_correction_day",
    "take_in",
]
