"""The bound copy of an application: asked for, watched while it is made, taken away."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from zaiti.applications.actions import ask_to_bind
from zaiti.applications.models import Application, BoundCopy
from zaiti.web.ui.pages import Request, page


def bound_copy(request: Request, application: Application, template: str, here: str) -> HttpResponse:
    """Show how far the copy of the last receipt is; a post has it made."""
    submission = application.submissions.first()
    if submission is None:
        raise Http404
    if request.method == "POST":
        ask_to_bind(submission, by=request.user)
        return redirect(here)
    copy = BoundCopy.objects.filter(submission=submission).select_related("file").first()
    return page(
        request, template, "bound", application=application, submission=submission, copy=copy, here=here
    )
