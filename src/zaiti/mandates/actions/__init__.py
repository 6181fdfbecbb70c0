"""What happens with letters of authorisation."""

from zaiti.mandates.actions.deciding import confirm_mandate, send_back
from zaiti.mandates.actions.sending import claim_unit, send_letter
from zaiti.mandates.actions.vouching import confirm_by_portal, take_over_by_portal

__all__ = [
    "claim_unit",
    "confirm_by_portal",
    "confirm_mandate",
    "send_back",
    "send_letter",
    "take_over_by_portal",
]
