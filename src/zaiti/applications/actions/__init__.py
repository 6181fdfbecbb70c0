"""What happens to applications."""

from zaiti.applications.actions.drafts import (
    explain_finding,
    explain_material,
    release_member,
    remove_material,
    save_form,
    start_application,
    upload_material,
)
from zaiti.applications.actions.dropping import keep_dropped, let_dropped_go, take_dropped
from zaiti.applications.actions.handing_in import hand_in, reopen, submit, withdraw

__all__ = [
    "explain_finding",
    "explain_material",
    "hand_in",
    "keep_dropped",
    "let_dropped_go",
    "release_member",
    "remove_material",
    "reopen",
    "save_form",
    "start_application",
    "submit",
    "take_dropped",
    "upload_material",
    "withdraw",
]
