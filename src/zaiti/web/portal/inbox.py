"""The inbox: what one was told, unread first to see."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_POST

from zaiti import clock
from zaiti.outbox.models import Message
from zaiti.web.ui.pages import Request, page
from zaiti.web.ui.subjects import page_of

A_PAGE = 25


@login_required
def inbox(request: Request) -> HttpResponse:
    """List one's messages, newest first."""
    rows = Paginator(request.user.inbox.all(), A_PAGE).get_page(request.GET.get("page"))
    return page(
        request, "portal/inbox.html", rows=rows, unread=request.user.inbox.filter(read_at=None).count()
    )


@login_required
def message(request: Request, pk: int) -> HttpResponse:
    """Read one message; opening it marks it read."""
    row = get_object_or_404(request.user.inbox.all(), pk=pk)
    Message.objects.filter(pk=row.pk, read_at=None).update(read_at=clock.now())
    return page(request, "portal/message.html", row=row, leads_to=page_of(row))


@require_POST
@login_required
def read_all(request: Request) -> HttpResponse:
    """Mark all messages read."""
    request.user.inbox.filter(read_at=None).update(read_at=clock.now())
    return redirect("portal:inbox")


urlpatterns = [
    path("inbox/", inbox, name="inbox"),
    path("inbox/read/", read_all, name="read_all"),
    path("inbox/<int:pk>/", message, name="message"),
]
