"""Addresses of the bureaus' door, by subject."""

from zaiti.web.desk.audit import views as audit
from zaiti.web.desk.calls import views as calls
from zaiti.web.desk.carriers import views as carriers
from zaiti.web.desk.panels import views as panels
from zaiti.web.desk.people import views as people
from zaiti.web.desk.plan import views as plan
from zaiti.web.desk.publicity import views as publicity
from zaiti.web.desk.ranking import views as ranking
from zaiti.web.desk.renamings import views as renamings
from zaiti.web.desk.results import views as results
from zaiti.web.desk.screening import answers, returns
from zaiti.web.desk.screening import views as screening
from zaiti.web.desk.start import views as start
from zaiti.web.desk.studio import views as studio
from zaiti.web.desk.system import failed
from zaiti.web.desk.system import views as system
from zaiti.web.desk.units import views as units

app_name = "desk"
urlpatterns = [
    *start.urlpatterns,
    *plan.urlpatterns,
    *studio.urlpatterns,
    *calls.urlpatterns,
    *units.urlpatterns,
    *screening.urlpatterns,
    *answers.urlpatterns,
    *renamings.urlpatterns,
    *returns.urlpatterns,
    *panels.urlpatterns,
    *ranking.urlpatterns,
    *publicity.urlpatterns,
    *results.urlpatterns,
    *carriers.urlpatterns,
    *audit.urlpatterns,
    *people.urlpatterns,
    *system.urlpatterns,
    *failed.urlpatterns,
]
