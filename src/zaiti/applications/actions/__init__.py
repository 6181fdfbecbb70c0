"""What happens to applications."""

from zaiti.applications.actions.binding import ask_to_bind
from zaiti.applications.actions.drafts import (
    explain_finding,
    explain_material,
    note_changes,
    release_member,
    remove_material,
    save_form,
    start_application,
    upload_material,
)
from zaiti.applications.actions.dropping import (
    keep_dropped,
    let_dropped_go,
    move_part,
    take_dropped,
    take_parts,
)
from zaiti.applications.actions.handing_in import hand_in, reopen, settle_answer_day, submit, withdraw
from zaiti.applications.actions.renaming import (
    ask_to_rename,
    consent_to_renaming,
    refuse_renaming,
    rename_unit,
    take_back_renaming,
)

__all__ = [
    "ask_to_bind",
    "ask_to_rename",
    "consent_to_renaming",
    "explain_finding",
    "explain_material",
    "hand_in",
    "keep_dropped",
    "let_dropped_go",
    "move_part",
    "note_changes",
    "refuse_renaming",
    "release_member",
    "remove_material",
    "rename_unit",
    "reopen",
    "save_form",
    "settle_answer_day",
    "start_application",
    "submit",
    "take_back_renaming",
    "take_dropped",
    "take_parts",
    "upload_material",
    "withdraw",
]
