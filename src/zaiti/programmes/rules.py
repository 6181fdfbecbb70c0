"""Who may plan a year, and who may adapt its rubrics."""

from zaiti.accounts.models import Authority, Post, User
from zaiti.accounts.rules import holds, in_city, serves
from zaiti.programmes.models import Cycle, Rubric


def may_open_year(user: User, city: Authority) -> bool:
    """An officer of the city bureau opens its year."""
    return city.level == Authority.Level.CITY and holds(user, Post.Role.OFFICER, city)


def may_plan(user: User, cycle: Cycle) -> bool:
    """An officer of the year's own city bureau sets quotas, moves them and reminds districts."""
    return holds(user, Post.Role.OFFICER, cycle.city)


def may_watch(user: User, cycle: Cycle) -> bool:
    """Anyone in the year's city bureau may look at the plan and its dashboard."""
    return holds(user, Post.BUREAU, cycle.city)


def may_adapt(user: User, authority: Authority) -> bool:
    """A district's officer adapts the rubric for that district."""
    return authority.level == Authority.Level.DISTRICT and holds(user, Post.Role.OFFICER, authority)


def may_confirm(user: User, rubric: Rubric) -> bool:
    """Who serves the bureau whose rubric it is says that it is the real one."""
    return serves(user, rubric.authority or rubric.carrier_type.cycle.city)


def may_keep_calendar(user: User) -> bool:
    """A city officer keeps the holiday table."""
    return in_city(user, Post.Role.OFFICER)
