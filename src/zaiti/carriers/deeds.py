"""What is done in carriers, as the ledger keeps it and pages tell it."""

from django.utils.translation import gettext_lazy as _

from zaiti.core.tones import ATTENTION, LATE
from zaiti.ledger.deeds import NOBODY, WITH_APPLICANT, Deed, declare, name_facts

declare(
    "carriers.carrier",
    Deed("register", _("entered the carrier in the register"), told=WITH_APPLICANT, by_city=True),
    Deed("tell_to_correct", _("told the carrier to correct"), tone=ATTENTION, told=NOBODY),
    Deed("corrected", _("found the carrier corrected"), told=NOBODY),
    Deed("intend_revocation", _("gave notice of an intended revocation"), tone=ATTENTION, told=NOBODY),
    Deed("drop_revocation", _("dropped the intended revocation"), told=NOBODY),
    Deed("revoke", _("revoked the recognition"), tone=LATE, told=WITH_APPLICANT, by_city=True),
)
declare(
    "carriers.trainingyear",
    Deed("report_training", _("reported a year's training"), told=WITH_APPLICANT),
    Deed("verify_training", _("verified a year's training"), told=WITH_APPLICANT),
)
declare(
    "carriers.rectification",
    Deed("tell_to_correct", _("issued a notice to correct"), tone=ATTENTION, told=WITH_APPLICANT),
    Deed("answer", _("answered the notice to correct"), told=WITH_APPLICANT),
    Deed("settle", _("found the notice to correct fulfilled"), told=WITH_APPLICANT),
    Deed("fail", _("found the notice to correct not fulfilled"), tone=LATE, told=WITH_APPLICANT),
)
declare(
    "carriers.revocation",
    Deed(
        "intend_revocation",
        _("issued the intended-revocation notice"),
        tone=ATTENTION,
        told=WITH_APPLICANT,
        by_city=True,
    ),
    Deed("defend", _("handed in a statement and defence"), told=WITH_APPLICANT, by_city=True),
    Deed("prepare", _("put the revocation up for decision")),
    Deed("send_back", _("sent the proposed revocation back"), tone=ATTENTION),
    Deed("decide", _("decided the revocation"), told=NOBODY),
    Deed("drop", _("dropped the revocation"), told=WITH_APPLICANT, by_city=True),
)
declare(
    "carriers.inactivitycheck",
    Deed("open_inactivity_check", _("the clock found training lying long back"), told=WITH_APPLICANT),
    Deed("settle_inactivity_check", _("settled the check of missing training")),
)
name_facts(
    certificate=_("certificate number"),
    ground=_("ground"),
    months=_("months"),
    people=_("people trained"),
    sessions=_("courses held"),
    since=_("counted from"),
)
