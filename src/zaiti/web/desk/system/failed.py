"""Jobs that were given up, for the administrator: what failed, for whom, since when, why; and once more."""

import re
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from zaiti.accounts.models import User
from zaiti.accounts.rules import may_administer
from zaiti.clock.jobs import words_of
from zaiti.clock.models import Trouble
from zaiti.clock.troubles import Failed, again, failed
from zaiti.web.desk.access import at_desk
from zaiti.web.ui.pages import Request, onward

MOST_SHOWN = 100
LONGEST_KEY = 18  # digits of PostgreSQL's bigint
MAIL = re.compile(r"(?<=<)[^<>\s]+@[^<>\s]+(?=>)")


@dataclass(frozen=True)
class Line:
    """One job as it is shown."""

    job: Failed
    about: str

    @property
    def what(self) -> str:
        """Its kind in words."""
        return str(words_of(self.job.task))

    @property
    def why(self) -> str:
        """The last error in a sentence."""
        return str(Trouble.Kind(self.job.kind).label) if self.job.kind else _("Nothing was kept of why.")


def failures() -> list[Line]:
    """The latest that were given up; mail addresses of experts are for their districts alone."""
    jobs = failed(MOST_SHOWN)
    named = {address for job in jobs for address in MAIL.findall(job.about)}
    experts = User.objects.filter(email__in=named, expert__isnull=False) if named else ()
    hidden = {user.email for user in experts}
    return [Line(job, MAIL.sub(lambda m: "…" if m[0] in hidden else m[0], job.about)) for job in jobs]


@require_POST
@at_desk(may_administer)
def send_again(request: Request) -> HttpResponse:
    """Put one failed job, or all, back into the queue."""
    key = request.POST.get("job", "")
    if key and not (key.isdecimal() and len(key) <= LONGEST_KEY):
        raise Http404
    number = again(int(key) if key else None)
    said = ngettext("%(number)s job is tried again.", "%(number)s jobs are tried again.", number)
    messages.success(request, said % {"number": number})
    return onward(request, "desk:system")


urlpatterns = [path("system/again/", send_again, name="system_again")]
