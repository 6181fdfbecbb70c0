"""What applicants are written to about, and where they see it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet

from zaiti.accounts.models import Organisation, User
from zaiti.accounts.rules import is_applicant, may_found
from zaiti.applications.models import Application, Renaming, Submission
from zaiti.carriers.models import Carrier
from zaiti.mandates.models import Mandate
from zaiti.web.ui.subjects import Shown, add


def own(model: type[Model], to_unit: str = "organisation") -> Callable[[User], QuerySet[Any]]:
    """Those of the person's unit."""
    return lambda user: model._default_manager.filter(**{to_unit: user.organisation_id})


add(Application, Shown("portal:application", own(Application), may=is_applicant))
add(Submission, Shown("portal:receipt", own(Submission, "application__organisation"), "application"))
add(Carrier, Shown("portal:carrier", own(Carrier), may=is_applicant))
add(Renaming, Shown("portal:organisation", own(Renaming)))
add(
    Organisation,
    Shown("portal:members", may=is_applicant),
    Shown("portal:register", may=may_found),
)
add(
    Mandate,
    Shown("portal:authorisation", may=is_applicant),
    Shown("portal:claim", may=may_found),
)
