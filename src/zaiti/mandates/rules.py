"""Who may send a letter of authorisation, and who decides on it."""

from zaiti.accounts.models import Organisation, User
from zaiti.accounts.rules import in_city, may_found, serves
from zaiti.mandates.models import Mandate


def may_decide(user: User, mandate: Mandate) -> bool:
    """Officials of the district that the unit named, or of its city; never for a unit of their own."""
    above = in_city(user) and user.is_authenticated and mandate.authority.city_id in user.authority_ids()
    return (serves(user, mandate.authority) or above) and mandate.person_id != user.pk


def may_claim(user: User, organisation: Organisation) -> bool:
    """Who acts for no unit; and the unit's own people, as its owner may be gone."""
    member = user.is_authenticated and user.organisation_id == organisation.pk
    return may_found(user) or (member and user.org_role == User.OrgRole.MEMBER)
