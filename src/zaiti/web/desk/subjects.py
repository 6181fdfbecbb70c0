"""What officials are written to about, and where they see it."""

from django.db.models import Q, QuerySet

from zaiti.accounts.models import User
from zaiti.applications.models import Application, Renaming
from zaiti.carriers.models import Carrier
from zaiti.clock.models import HolidayYear
from zaiti.notices.models import Amendment, Call, CityNotice
from zaiti.panels.models import Draw, Panel
from zaiti.programmes.models import Cycle, Nudge, QuotaMove
from zaiti.publicity.models import Objection, PostingCorrection
from zaiti.ranking.models import Candidate, CandidateList
from zaiti.results.models import Report
from zaiti.screening.queries import cases
from zaiti.studio.models import Abandonment, YearDraft
from zaiti.web.desk.access import in_bureau, in_city_bureau, works_here
from zaiti.web.desk.panels.access import watches
from zaiti.web.ui.subjects import Shown, add


def calls(user: User) -> QuerySet[Call]:
    """Those of the bureaus one serves; the districts' too, for the city."""
    ids = user.authority_ids()
    return Call.objects.filter(Q(authority__in=ids) | Q(authority__city__in=ids))


def years(user: User) -> QuerySet[Cycle]:
    """Those of one's own city."""
    return Cycle.objects.filter(city__in=user.city_ids())


def amendments(user: User) -> QuerySet[Amendment]:
    """Changes of what these bureaus have published."""
    ids = user.authority_ids()
    mine = Q(publication__authority__in=ids) | Q(publication__authority__city__in=ids)
    return Amendment.objects.filter(mine)


def corrections(user: User) -> QuerySet[PostingCorrection]:
    """Corrections of what these bureaus have posted."""
    ids = user.authority_ids()
    return PostingCorrection.objects.filter(
        Q(posting__authority__in=ids) | Q(posting__authority__city__in=ids)
    )


add(Application, Shown("desk:screening_case", cases, may=in_bureau))
add(Renaming, Shown("desk:renaming", Renaming.objects.visible_to, may=in_bureau))
add(Call, Shown("desk:call", calls, may=in_bureau))
add(Amendment, Shown("desk:amendment", amendments, may=in_bureau))
add(CityNotice, Shown("desk:city_notice", CityNotice.objects.visible_to, key="cycle", may=in_bureau))
add(Draw, Shown("desk:draw", Draw.objects.visible_to, may=watches))
add(Panel, Shown("desk:panel", Panel.objects.visible_to, may=in_bureau))
add(CandidateList, Shown("desk:ranking_list", CandidateList.objects.visible_to, may=in_bureau))
add(Candidate, Shown("desk:publicity", may=in_bureau))
add(PostingCorrection, Shown("desk:posting", corrections, key="posting", may=in_bureau))
add(Objection, Shown("desk:objection", Objection.objects.visible_to, may=in_bureau))
add(Report, Shown("desk:report", Report.objects.visible_to, may=in_bureau))
add(Carrier, Shown("desk:carrier", Carrier.objects.manageable_by, may=in_bureau))
add(Cycle, Shown("desk:announcement", years, may=in_city_bureau))
add(Abandonment, Shown("desk:plan_year", Abandonment.objects.visible_to, key="cycle", may=in_city_bureau))
add(YearDraft, Shown("desk:year_draft", YearDraft.objects.visible_to, may=in_city_bureau))
add(HolidayYear, Shown("desk:calendar_year", may=in_city_bureau, by_number=True))
add(QuotaMove, Shown("desk:start", may=works_here))
add(Nudge, Shown("desk:start", may=works_here))
