"""What happens with experts, panels, visits, discussions and scores."""

from zaiti.panels.actions.apart import (
    change_expert,
    confirm_person,
    consent_to_new_name,
    edit_unit,
    join_unit,
    part_panel,
    take_over_unit,
)
from zaiti.panels.actions.meetings import record_minutes, record_visit
from zaiti.panels.actions.pool import add_expert, add_new_expert, retire_expert, return_expert
from zaiti.panels.actions.seating import admit, draw_experts, leave_seat, name_chair, recuse
from zaiti.panels.actions.sheets import explain_outlier, open_sheet, save_scores, sign_sheet
from zaiti.panels.actions.work import finish_panel, form_panel

__all__ = [
    "add_expert",
    "add_new_expert",
    "admit",
    "change_expert",
    "confirm_person",
    "consent_to_new_name",
    "draw_experts",
    "edit_unit",
    "explain_outlier",
    "finish_panel",
    "form_panel",
    "join_unit",
    "leave_seat",
    "name_chair",
    "open_sheet",
    "part_panel",
    "record_minutes",
    "record_visit",
    "recuse",
    "retire_expert",
    "return_expert",
    "save_scores",
    "sign_sheet",
    "take_over_unit",
]
