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
from zaiti.applications.actions.handing_in import hand_in, reopen, submit, withdraw

__all__ = [
    "explain_finding",
    "explain_material",
    "hand_in",
    "release_member",
    "remove_material",
    "reopen",
    "save_form",
    "start_application",
    "submit",
    "upload_material",
    "withdraw",
]
