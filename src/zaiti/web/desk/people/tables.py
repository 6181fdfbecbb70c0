"""Accounts as a list."""

import django_filters
import django_tables2 as tables
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zaiti.accounts.models import Authority, Post, User
from zaiti.accounts.separation import clashes
from zaiti.core.folding import having
from zaiti.web.lists.columns import TemplateColumn

Rows = QuerySet[User]
KINDS = {
    "official": (_("Official"), Q(posts__ended_at=None, posts__isnull=False)),
    "applicant": (_("Applicant"), Q(organisation__isnull=False)),
    "expert": (_("Expert"), Q(expert__isnull=False)),
    "admin": (_("System administrator"), Q(is_admin=True)),
}
STATES = [("active", _("active")), ("suspended", _("suspended"))]


def accounts() -> Rows:
    """All accounts with their live posts."""
    live = Post.objects.filter(ended_at=None).select_related("authority").order_by("pk")
    return (
        User.objects.select_related("organisation", "expert")
        .prefetch_related(Prefetch("posts", live, to_attr="held"))
        .order_by("name", "pk")
    )


def clashing() -> list[tuple[User, list[str]]]:
    """Those who hold duties that exclude each other, given before the rule or round it, and why."""
    several = Count("posts", filter=Q(posts__ended_at=None))
    in_cases = Q(organisation__isnull=False) | Q(expert__isnull=False)
    doubtful = Q(several__gt=1) | (in_cases | Q(is_admin=True)) & Q(several=1) | in_cases & Q(is_admin=True)
    rows = accounts().annotate(several=several).filter(doubtful)
    found = [(user, clashes(user, posts_of(user))) for user in rows]
    return [(user, why) for user, why in found if why]


class UserFilter(django_filters.FilterSet):
    """By name, kind, bureau, post and state."""

    q = django_filters.CharFilter(label=_("Name, user name or email"), method="search")
    kind = django_filters.ChoiceFilter(
        empty_label=_("Any"),
        label=_("Kind of account"),
        method="of_kind",
        choices=[(code, label) for code, (label, _test) in KINDS.items()],
    )
    authority = django_filters.ModelChoiceFilter(
        label=_("Bureau"), queryset=Authority.objects.all(), method="at_bureau"
    )
    role = django_filters.ChoiceFilter(
        empty_label=_("Any"), label=_("Official post"), method="in_role", choices=Post.Role.choices
    )
    state = django_filters.ChoiceFilter(
        empty_label=_("Any"), label=_("State"), method="in_state", choices=STATES
    )

    class Meta:
        model = User
        fields = ("q", "kind", "authority", "role", "state")

    def search(self, rows: Rows, _name: str, value: str) -> Rows:
        """Find by a part of the name."""
        return having(rows, value.split(), "words")

    def of_kind(self, rows: Rows, _name: str, value: str) -> Rows:
        """Keep one kind of person."""
        return rows.filter(KINDS[value][1]).distinct()

    def at_bureau(self, rows: Rows, _name: str, value: Authority) -> Rows:
        """Keep those with a post at a bureau."""
        return rows.filter(pk__in=Post.objects.filter(ended_at=None, authority=value).values("user"))

    def in_role(self, rows: Rows, _name: str, value: str) -> Rows:
        """Keep those in one role."""
        return rows.filter(pk__in=Post.objects.filter(ended_at=None, role=value).values("user"))

    def in_state(self, rows: Rows, _name: str, value: str) -> Rows:
        """Keep active or suspended accounts."""
        return rows.filter(is_active=value == "active")


class UserTable(tables.Table):
    """One row an account."""

    name = tables.Column(_("Name"), linkify=("desk:person", {"pk": tables.A("pk")}), empty_values=())
    username = tables.Column(_("User name"))
    email = tables.Column(_("Email"))
    holds = tables.Column(_("Acts as"), empty_values=(), orderable=False)
    is_active = TemplateColumn(
        template_name="desk/people/state.html", verbose_name=_("State"), order_by="is_active"
    )
    last_login = tables.DateTimeColumn(format="Y-m-d H:i", verbose_name=_("Last signed in"))

    def render_name(self, record: User) -> str:
        """The name, else the user name."""
        return str(record)

    def render_email(self, record: User) -> str:
        """The address; an expert's own is for the officials of their district."""
        return address_of(record)

    def value_email(self, record: User) -> str:
        """The same in a file."""
        return address_of(record)

    def render_holds(self, record: User) -> str:
        """What the person is here: posts, unit, expert, administrator."""
        return "、".join(acts_as(record)) or "—"

    def value_is_active(self, record: User) -> str:
        """The word alone, for a file."""
        return str(dict(STATES)["active" if record.is_active else "suspended"])


def address_of(user: User) -> str:
    """An account's mail address; of an expert just enough to see that there is one."""
    name, _at, host = user.email.partition("@")
    return f"{name[:1]}***@{host}" if host and hasattr(user, "expert") else user.email


def posts_of(user: User) -> list[Post]:
    """The live posts as `accounts()` has read them."""
    held: list[Post] = user.held  # type: ignore[attr-defined]  # prefetched by accounts()
    return held


def acts_as(user: User) -> list[str]:
    """What a person is here; `accounts()` has read it all."""
    roles = [f"{post.get_role_display()}（{post.authority}）" for post in posts_of(user)]
    if user.is_admin:
        roles.append(str(KINDS["admin"][0]))
    if user.organisation:
        roles.append(user.organisation.name)
    return [*roles, str(KINDS["expert"][0])] if hasattr(user, "expert") else roles
