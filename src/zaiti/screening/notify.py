"""Who is told what this room decides."""

from collections.abc import Iterable

from django.db.models import Q

from zaiti.accounts.models import Post, User
from zaiti.applications.models import Application
from zaiti.outbox.notify import notify
from zaiti.screening.models import ExtraReturn


def tell_applicant(application: Application, template: str, **context: object) -> None:
    """Write to the application's contact and the organisation's owner."""
    readers = User.objects.filter(
        Q(pk=application.contact_id)
        | Q(organisation=application.organisation_id, org_role=User.OrgRole.OWNER),
        is_active=True,
    )
    _tell(readers, application, template, context)


def tell_officers(application: Application, template: str, **context: object) -> None:
    """Write to the officers of the district, but not to those of the applying unit."""
    posts = Post.objects.filter(authority=application.authority, role=Post.Role.OFFICER, ended_at=None)
    readers = User.objects.filter(pk__in=posts.values("user"), is_active=True)
    others = readers.exclude(organisation=application.organisation_id)
    _tell(others, application, template, context)


def tell_seniors(application: Application, template: str, *, but: User, **context: object) -> None:
    """Write to the reviewers and approvers of the district, but not to whoever asks."""
    senior = [Post.Role.REVIEWER, Post.Role.APPROVER]
    posts = Post.objects.filter(authority=application.authority, role__in=senior, ended_at=None)
    readers = User.objects.filter(pk__in=posts.values("user"), is_active=True).exclude(pk=but.pk)
    _tell(readers, application, template, context)


def tell_asker(ask: ExtraReturn) -> None:
    """Tell the officer what was decided."""
    _tell([ask.asked_by], ask.application, "extra_return_decided", {"ask": ask})


def _tell(
    readers: Iterable[User], application: Application, template: str, context: dict[str, object]
) -> None:
    notify(readers, f"screening/mail/{template}.txt", about=application, application=application, **context)
