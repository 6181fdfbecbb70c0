"""Units that wait, and their letters of authorisation."""

from io import BytesIO

from tests.makers.applications import pdf
from tests.makers.people import applicant, credit_code, district, organisation, user
from zaiti.accounts.models import Organisation, User
from zaiti.mandates.actions import claim_unit, send_letter
from zaiti.mandates.models import Mandate


def pending(**fields: object) -> Organisation:
    """A unit that was registered and not confirmed."""
    unit = organisation(state="pending", **fields)
    applicant(unit)
    return unit


def owner(unit: Organisation) -> User:
    """The person who runs a unit's account."""
    return unit.members.get(org_role=User.OrgRole.OWNER)


def letter(unit: Organisation | None = None, text: str = "letter") -> Mandate:
    """The owner's own letter, waiting for the district."""
    unit = unit or pending()
    return send_letter(
        unit, by=owner(unit), district=district(), content=BytesIO(pdf(text=text)), original_name="委托书.pdf"
    )


def claim(unit: Organisation | None = None, by: User | None = None, text: str = "claim") -> Mandate:
    """Someone else's claim to a unit."""
    unit = unit or pending()
    return claim_unit(
        by=by or user(),
        uscc=unit.uscc,
        name="示例真名有限公司",
        district=district(),
        content=BytesIO(pdf(text=text)),
        original_name="委托书.pdf",
    )


def registration(**fields: object) -> dict[str, object]:
    """What a unit's registration says."""
    return {
        "uscc": credit_code(),
        "name": "示例科技有限公司",
        "kind": "enterprise",
        "district": district(),
    } | fields
