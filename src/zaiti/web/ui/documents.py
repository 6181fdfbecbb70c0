"""Papers and stored files, for whoever may read them; and the way from sign-in to one's own door."""

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from zaiti.accounts.models import Post, User
from zaiti.accounts.rules import holds
from zaiti.applications.models import Application, BoundCopy, DroppedFile, MaterialVersion, Renaming
from zaiti.carriers.models import Carrier, Rectification
from zaiti.core.text import one_line
from zaiti.files.models import StoredFile
from zaiti.mandates.models import Mandate
from zaiti.notices.models import Publication
from zaiti.panels.models import Review, SiteVisit
from zaiti.papers.models import Paper
from zaiti.publicity.models import Objection
from zaiti.screening import pages
from zaiti.web.http.cities import bureaus_here
from zaiti.web.ui.pages import page

SHOWN_IN_PLACE = {"application/pdf", "image/png", "image/jpeg"}


def start(request: HttpRequest) -> HttpResponseBase:
    """Lead a person to the door they work behind."""
    return redirect(door_of(request.user) if isinstance(request.user, User) else "/")


def door_of(user: User) -> str:
    """Give the address of a person's own door."""
    officials = [*Post.BUREAU, Post.Role.SUPERVISOR, Post.Role.AUDITOR]
    if user.is_admin or holds(user, officials):
        return reverse("desk:start")
    return reverse("jury:start" if hasattr(user, "expert") else "portal:start")


def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a paper as PDF, or say that it is still being made."""
    papers = Paper.objects.visible_to(request.user)  # type: ignore[arg-type]  # it takes Django's anonymous reader too
    row = get_object_or_404(papers.exclude(_public_elsewhere(request)), pk=pk)
    if row.pdf is None:
        return page(request, "ui/paper_wait.html", paper=row)
    return _send(row.pdf)


@login_required
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a stored file to someone who may see what it belongs to."""
    assert isinstance(request.user, User)
    return _send(get_object_or_404(readable_files(request.user), pk=pk))


@login_required
def picture(request: HttpRequest, pk: int, number: int, size: str) -> HttpResponseBase:
    """Send one page of a stored file as a picture."""
    assert isinstance(request.user, User)
    row = get_object_or_404(readable_files(request.user), pk=pk)
    drawn = pages.picture(row, number, size) if size in pages.WIDTHS and number else None
    if drawn is None:
        raise Http404
    return HttpResponse(drawn, content_type="image/jpeg")


def attachment(request: HttpRequest, publication: int, pk: int) -> HttpResponseBase:
    """Send a file attached to a published text."""
    return _send(get_object_or_404(StoredFile, pk=pk, pk__in=_of(request, publication)))


def _public_elsewhere(request: HttpRequest) -> Q:
    """What the public of another city reads; a paper of one's own is read wherever it is."""
    here = Q(authority__in=bureaus_here(request)) | Q(authority=None)
    user = request.user
    if not isinstance(user, User):
        return Q(public=True) & ~here
    own = Q(organisation=user.organisation_id) if user.organisation_id else Q(pk=None)
    mine = own | Q(reader=user.pk) | Q(authority__in=user.bureaus())
    return Q(public=True) & ~here & ~mine


def readable_files(user: User) -> QuerySet[StoredFile]:
    """Files of applications, visits, objections and rectifications the person may see."""
    applications = Application.objects.visible_to(user)
    handed_in = Q(material__application__in=applications)
    seen = handed_in | Q(material__application__review__in=Review.objects.visible_to(user))
    unit = user.organisation_id or 0
    return StoredFile.objects.filter(
        Exists(MaterialVersion.objects.filter(seen, file=OuterRef("pk")))
        | Exists(MaterialVersion.objects.filter(handed_in, originals=OuterRef("pk")))
        | Exists(DroppedFile.objects.filter(application__organisation=unit, file=OuterRef("pk")))
        | Exists(BoundCopy.objects.filter(submission__application__in=applications, file=OuterRef("pk")))
        | Exists(Mandate.objects.visible_to(user).filter(file=OuterRef("pk")))
        | Exists(Renaming.objects.visible_to(user).filter(evidence=OuterRef("pk")))
        | Exists(SiteVisit.objects.filter(photos=OuterRef("pk"), review__in=Review.objects.visible_to(user)))
        | Exists(
            Objection.objects.filter(evidence=OuterRef("pk"), posting__authority__in=user.authority_ids())
        )
        | Exists(
            Rectification.objects.filter(
                evidence=OuterRef("pk"), carrier__in=Carrier.objects.manageable_by(user)
            )
        )
    )


def _of(request: HttpRequest, publication: int) -> QuerySet[StoredFile]:
    texts = Publication.objects.readable_by(request.user)  # type: ignore[arg-type]  # anonymous too
    return get_object_or_404(
        texts.filter(authority__in=bureaus_here(request)), pk=publication
    ).attachments.all()


def _send(file: StoredFile) -> FileResponse:
    try:
        content = file.content.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    shown = file.content_type in SHOWN_IN_PLACE
    name = one_line(file.name)
    name = name if "." in file.name else f"{name}.pdf"
    return FileResponse(
        content,
        as_attachment=not shown,
        filename=name,
        content_type=file.content_type if shown else "application/octet-stream",
    )
