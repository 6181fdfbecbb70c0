"""Who someone is, asked of the posts they hold."""

from collections.abc import Collection

from zaiti.accounts.models import Authority, Organisation, Post, User


def holds(user: User, role: str | Collection[str], authority: Authority | None = None) -> bool:
    """Tell whether the person holds one of these roles, at this authority when one is named."""
    roles = {role} if isinstance(role, str) else set(role)
    return user.is_authenticated and any(
        post.role in roles and (authority is None or post.authority_id == authority.pk)
        for post in user.live_posts()
    )


def serves(user: User, authority: Authority) -> bool:
    """Tell whether the person holds any bureau post at this authority."""
    return holds(user, Post.BUREAU, authority)


def in_city(user: User, role: str | Collection[str] = Post.BUREAU) -> bool:
    """Tell whether the person holds such a post at a city bureau."""
    roles = {role} if isinstance(role, str) else set(role)
    return user.is_authenticated and any(
        post.role in roles and post.authority.level == Authority.Level.CITY for post in user.live_posts()
    )


def in_city_above(user: User, authority: Authority, role: str | Collection[str] = Post.BUREAU) -> bool:
    """Tell whether the person holds such a post at the city bureau above this district."""
    roles = {role} if isinstance(role, str) else set(role)
    return user.is_authenticated and any(
        post.role in roles and post.authority_id == authority.city_id for post in user.live_posts()
    )


def is_applicant(user: User) -> bool:
    """Tell whether the person acts for an organisation."""
    return user.is_authenticated and user.organisation_id is not None


def may_found(user: User) -> bool:
    """Tell whether the person may register a unit or join one: no unit yet, no post, no administrator."""
    return user.is_authenticated and not (user.organisation_id or user.is_admin or user.live_posts())


def may_run(user: User, organisation: Organisation) -> bool:
    """Tell whether the person runs the unit's account: its data and its members."""
    return (
        user.is_authenticated
        and user.organisation_id == organisation.pk
        and user.org_role == User.OrgRole.OWNER
    )


def may_administer(user: User) -> bool:
    """System administrators keep accounts, and see nothing of applications or scores."""
    return user.is_authenticated and user.is_admin


def may_become_admin(user: User) -> bool:
    """Tell whether the person could keep accounts: no unit, no post, not among the experts."""
    return not (user.organisation_id or user.live_posts() or hasattr(user, "expert"))
