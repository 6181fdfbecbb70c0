"""What happens to a year's plan."""

from zaiti.programmes.actions.calendar import (
    add_holiday_year,
    confirm_holiday_year,
    draft_holiday_year,
    drop_holiday_draft,
    edit_special_day,
    warn_of_missing_year,
)
from zaiti.programmes.actions.quotas import cell, change_cap, move_quota, nudge, set_quotas
from zaiti.programmes.actions.rubrics import NotNewest, adapt_rubric, confirm_rubric
from zaiti.programmes.actions.year import open_year

__all__ = [
    "NotNewest",
    "adapt_rubric",
    "add_holiday_year",
    "cell",
    "change_cap",
    "confirm_holiday_year",
    "confirm_rubric",
    "draft_holiday_year",
    "drop_holiday_draft",
    "edit_special_day",
    "move_quota",
    "nudge",
    "open_year",
    "set_quotas",
    "warn_of_missing_year",
]
