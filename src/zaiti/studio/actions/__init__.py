"""What happens to a year before it is opened."""

from zaiti.studio.actions.abandoning import decide_abandonment, prepare_abandonment, send_back_abandonment
from zaiti.studio.actions.beginning import begin_correction, begin_from_pack, begin_from_year, begin_year
from zaiti.studio.actions.deciding import (
    abandon_draft,
    correct_forms,
    open_draft,
    prepare_draft,
    send_back_draft,
)
from zaiti.studio.actions.remarks import remark, settle
from zaiti.studio.actions.undoing import restore, undo
from zaiti.studio.actions.writing import arrange, confirm_field, confirm_sample, write_fields

__all__ = [
    "abandon_draft",
    "arrange",
    "begin_correction",
    "begin_from_pack",
    "begin_from_year",
    "begin_year",
    "confirm_field",
    "confirm_sample",
    "correct_forms",
    "decide_abandonment",
    "open_draft",
    "prepare_abandonment",
    "prepare_draft",
    "remark",
    "restore",
    "send_back_abandonment",
    "send_back_draft",
    "settle",
    "undo",
    "write_fields",
]
