"""The applicant's start page: what I owe now, my applications, open calls, news."""

from django.http import HttpResponse
from django.urls import path

from zaiti.web.portal.access import for_applicants
from zaiti.web.portal.applications.owed import due_of, owed, own_applications
from zaiti.web.portal.calls import offers
from zaiti.web.ui.pages import Request, page

NEWS = 5


@for_applicants
def start(request: Request) -> HttpResponse:
    """Show what there is to do."""
    applications = own_applications(request.user)
    return page(
        request,
        "portal/start.html",
        owed=owed(applications),
        applications=[(application, due_of(application)) for application in applications],
        offers=offers(request.user, applications),
        news=request.user.inbox.filter(read_at=None)[:NEWS],
    )


urlpatterns = [path("", start, name="start")]
