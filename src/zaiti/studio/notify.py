"""Who is told that a year's forms were corrected."""

from typing import Any

from zaiti.accounts.models import Post
from zaiti.accounts.queries import holders
from zaiti.applications.models import Application
from zaiti.countersigned.queries import to_mend
from zaiti.outbox.notify import notify
from zaiti.programmes.models import FormVersion
from zaiti.studio.models import YearDraft


def tell_of_correction(draft: YearDraft, made: list[FormVersion], written: list[Application]) -> None:
    """The districts' officers and who prepared it; each who may write now, of their own application."""
    cycle = draft.corrects
    assert cycle is not None  # asked by the deed
    officers = {one for place in cycle.districts.all() for one in holders(place, Post.Role.OFFICER)}
    readers = sorted({*to_mend(draft), *officers}, key=lambda one: one.pk)
    facts: dict[str, Any] = {"draft": draft, "cycle": cycle, "forms": made}
    notify(readers, "studio/mail/form_corrected.txt", **facts)
    for application in written:
        mail = "studio/mail/form_corrected_applicant.txt"
        notify(application.contact, mail, about=application, application=application, **facts)
