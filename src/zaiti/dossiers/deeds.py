"""Every deed the ledger knows, in plain words: by the kind of thing, then by the verb."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from zaiti.dossiers.story import Say
from zaiti.ledger.chain import THE_CLOCK, THE_PUBLIC
from zaiti.ledger.chain import actor as told_actor

DEEDS: dict[str, dict[str, Say]] = {
    "accounts.organisation": {
        "register_organisation": _("registered the unit"),
        "edit_organisation": _("changed the unit's data"),
        "rename": _("gave the unit a new name"),
        "confirm": _("confirmed the unit"),
        "pass_unit": _("passed the unit's account to another person"),
    },
    "mandates.mandate": {
        "send_letter": _("sent the unit's letter of authorisation"),
        "claim_unit": _("claimed the unit"),
        "confirm": _("confirmed the letter of authorisation"),
        "send_back": _("sent the letter of authorisation back"),
        "close": _("closed a letter of authorisation that needed no decision"),
    },
    "accounts.invitation": {
        "invite_member": _("invited a member"),
        "accept_invitation": _("joined by an invitation"),
        "revoke_invitation": _("took an invitation back"),
    },
    "accounts.user": {
        "remove_member": _("removed a member from the unit"),
        "hand_over": _("handed the unit's account over"),
        "create_account": _("made an account"),
        "create_first_admin": _("made the first system administrator, on the server"),
        "make_admin": _("made this person a system administrator"),
        "reset_second_factor": _("took a lost second factor away"),
        "end_admin": _("ended this person's work as system administrator"),
        "create_expert_account": _("made an expert's account"),
        "suspend_account": _("suspended an account"),
        "restore_account": _("restored an account"),
    },
    "accounts.post": {"give_post": _("gave a post"), "end_post": _("ended a post")},
    "clock.holidayyear": {
        "add_holiday_year": _("began the table of a year's holidays"),
        "draft_holiday_year": _("entered a year's holidays, to be confirmed"),
        "confirm_holiday_year": _("put a year's holidays in force"),
        "drop_holiday_draft": _("threw away a year's holidays that were not confirmed"),
        "edit_special_day": _("changed a day of the working-day table"),
    },
    "ledger.chaincheck": {"check_chain": _("asked for a check of the ledger")},
    "programmes.cycle": {
        "open": _("opened the year"),
        "close": _("closed the year"),
        "set_quotas": _("set the quotas"),
        "change_cap": _("changed the cap"),
    },
    "programmes.quotamove": {"move_quota": _("moved unused places")},
    "programmes.nudge": {"nudge": _("reminded a district")},
    "programmes.rubric": {
        "adapt_rubric": _("adapted the rubric"),
        "confirm_rubric": _("confirmed that the rubric is the real one"),
    },
    "notices.publication": {
        "publish_text": _("published a text"),
        "take_down": _("took the text down"),
    },
    "notices.amendment": {
        "prepare": _("put the change of a published text up for approval"),
        "send_back": _("sent the change of a published text back"),
        "publish": _("published the change of a text"),
    },
    "notices.call": {
        "draft": _("drafted the call"),
        "edit": _("edited the call"),
        "prepare": _("put the call up for approval"),
        "send_back": _("sent the call back"),
        "publish": _("published the call"),
        "extend": _("extended the call"),
    },
    "applications.renaming": {
        "ask_to_rename": _("asked the district to consent to a new name"),
        "consent": _("consented to the new name"),
        "refuse": _("refused the new name"),
        "take_back": _("took the question of a new name back"),
    },
    "applications.application": {
        "start_application": _("started the application"),
        "submit": _("handed the application in"),
        "withdraw": _("withdrew the application"),
        "reopen": _("opened the application again"),
        "return": _("returned the application for correction"),
        "resubmit": _("corrected the application and handed it in again"),
        "accept": _("accepted the application"),
        "decline": _("declined the application"),
        "settle_term": _("the day to answer the application was set"),
    },
    "applications.submission": {"hand_in": _("was given a receipt")},
    "applications.materialversion": {
        "upload_material": _("uploaded a material"),
        "explain_finding": _("explained a finding of the pre-check"),
    },
    "applications.material": {
        "remove_material": _("took a material back"),
        "explain_material": _("explained a material"),
    },
    "screening.check": {"mark": _("marked a material")},
    "screening.fieldcheck": {"mark_field": _("marked an entry of the form")},
    "screening.extrareturn": {
        "ask_extra_return": _("asked for a further return"),
        "approve": _("approved a further return"),
        "refuse": _("refused a further return"),
    },
    "screening.correction": {
        "lapse": _("the time to correct ran out"),
        "settle_term": _("the last day to correct was set"),
    },
    "screening.papercopy": {"receive_paper_copy": _("received the paper copies")},
    "panels.expert": {
        "add_expert": _("added an expert to the pool"),
        "change_expert": _("changed what the pool says of an expert"),
        "retire_expert": _("took an expert out of the pool"),
        "return_expert": _("put an expert back into the pool"),
    },
    "panels.panel": {
        "form_panel": _("formed the panel"),
        "seat": _("seated the experts drawn"),
        "pause": _("the panel paused, too few experts"),
        "finish": _("finished the panel's work"),
    },
    "panels.draw": {"draw": _("drew experts")},
    "panels.seat": {"leave_seat": _("an expert left the panel"), "name_chair": _("named the chair")},
    "panels.review": {
        "admit": _("put the application before the panel"),
        "recuse": _("an expert stepped back from this application"),
        "visit": _("recorded the site visit"),
        "discuss": _("recorded the panel's discussion"),
        "total": _("the review was finished"),
        "reopen_scoring": _("scoring was opened again"),
    },
    "panels.minutes": {"record_minutes": _("recorded discussion minutes")},
    "panels.scoresheet": {
        "open_sheet": _("opened a score sheet"),
        "sign": _("signed a score sheet"),
        "void": _("a score sheet became void"),
        "explain_outlier": _("explained an outlying score sheet"),
    },
    "ranking.candidatelist": {
        "make_list": _("ranked the applications"),
        "decide": _("entered the meeting's decision"),
        "send_back": _("sent the candidate list back"),
        "approve": _("approved the candidate list"),
    },
    "ranking.candidate": {
        "list": _("put the name on the candidate list"),
        "unlist": _("took the name off the candidate list"),
        "post": _("posted the name publicly"),
        "clear": _("the name passed publicity"),
        "report": _("reported the name to the city"),
        "take_back": _("took the name back from the report"),
        "recognise": _("recognised the carrier"),
        "block": _("blocked the name, as an objection was upheld"),
    },
    "publicity.posting": {
        "post": _("posted the candidates"),
        "replace": _("replaced the posting by a corrected one"),
        "close": _("ended the posting"),
    },
    "publicity.postingcorrection": {
        "prepare": _("put the correction of the posting up for approval"),
        "send_back": _("sent the correction of the posting back"),
        "publish": _("published the correction of the posting"),
    },
    "publicity.objection": {
        "lodge": _("an objection came in"),
        "settle_term": _("the day to answer the objection was set"),
        "take_up": _("took the objection up"),
        "turn_away": _("did not admit the objection"),
        "propose": _("proposed an answer to the objection"),
        "send_back": _("sent the proposed answer back"),
        "uphold": _("upheld the objection"),
        "reject": _("did not uphold the objection"),
    },
    "results.report": {
        "prepare": _("prepared the report to the city"),
        "return_to_officer": _("gave the report back to its writer"),
        "send": _("sent the report to the city"),
        "send_back": _("sent the report back to the district"),
        "accept": _("accepted the report"),
    },
    "results.withdrawal": {"withdraw": _("took a reported name back by letter")},
    "results.announcement": {
        "prepare": _("prepared the announcement"),
        "send_back": _("sent the announcement back"),
        "publish": _("published the announcement"),
    },
    "carriers.carrier": {
        "register": _("entered the carrier in the register"),
        "tell_to_correct": _("told the carrier to correct"),
        "corrected": _("found the carrier corrected"),
        "intend_revocation": _("gave notice of an intended revocation"),
        "drop_revocation": _("dropped the intended revocation"),
        "revoke": _("revoked the recognition"),
    },
    "carriers.trainingyear": {
        "report_training": _("reported a year's training"),
        "verify_training": _("verified a year's training"),
    },
    "carriers.rectification": {
        "tell_to_correct": _("issued a notice to correct"),
        "answer": _("answered the notice to correct"),
        "settle": _("found the notice to correct fulfilled"),
        "fail": _("found the notice to correct not fulfilled"),
    },
    "carriers.revocation": {
        "intend_revocation": _("issued the intended-revocation notice"),
        "defend": _("handed in a statement and defence"),
        "prepare": _("put the revocation up for decision"),
        "send_back": _("sent the proposed revocation back"),
        "decide": _("decided the revocation"),
        "drop": _("dropped the revocation"),
    },
    "carriers.inactivitycheck": {
        "open_inactivity_check": _("the clock found training lying long back"),
        "settle_inactivity_check": _("settled the check of missing training"),
    },
}

WHO: dict[str, Say] = {
    THE_CLOCK: _("the system, by the clock"),
    THE_PUBLIC: _("a member of the public, not named"),
}


def deed(thing_type: str, verb: str) -> Say:
    """Say a deed in words."""
    return DEEDS.get(thing_type, {}).get(verb, verb)


def doer(thing_type: str, verb: str, actor: str) -> Say:
    """Say who did it."""
    return WHO.get(who := told_actor(thing_type, verb, actor), who)


def kind(thing_type: str) -> Say:
    """Say what kind of thing it was done to."""
    return apps.get_model(thing_type)._meta.verbose_name
