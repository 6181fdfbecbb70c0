"""What is done in applications, as the ledger keeps it and pages tell it."""

from django.utils.translation import gettext_lazy as _

from zaiti.core.tones import ATTENTION, DONE, LATE
from zaiti.ledger.deeds import ALL, NOBODY, WITH_APPLICANT, Deed, declare, name_facts

declare(
    "applications.renaming",
    Deed("ask_to_rename", _("asked the district to consent to a new name")),
    Deed("consent", _("consented to the new name")),
    Deed("refuse", _("refused the new name")),
    Deed("take_back", _("took the question of a new name back")),
)
declare(
    "applications.application",
    Deed("start_application", _("started the application"), told=WITH_APPLICANT),
    Deed("submit", _("handed the application in"), told=ALL),
    Deed("withdraw", _("withdrew the application"), told=WITH_APPLICANT),
    Deed("reopen", _("opened the application again"), told=WITH_APPLICANT),
    Deed(
        "return",
        _("returned the application for correction"),
        tone=ATTENTION,
        told=WITH_APPLICANT,
        reason_told=True,
    ),
    Deed("resubmit", _("corrected the application and handed it in again"), told=ALL),
    Deed("accept", _("accepted the application"), tone=DONE, told=ALL),
    Deed("decline", _("declined the application"), tone=LATE, told=WITH_APPLICANT, reason_told=True),
    Deed("rebase", _("the form was corrected; what may be written is asked by its new version"), told=ALL),
    Deed("settle_term", _("the day to answer the application was set"), told=WITH_APPLICANT),
)
declare(
    "applications.submission",
    Deed("hand_in", _("was given a receipt"), told=NOBODY),
)
declare(
    "applications.materialversion",
    Deed("upload_material", _("uploaded a material")),
    Deed("explain_finding", _("explained a finding of the pre-check")),
)
declare(
    "applications.material",
    Deed("remove_material", _("took a material back")),
    Deed("explain_material", _("explained a material")),
)
name_facts(application=_("number of the application"), sha256=_("SHA-256"))
