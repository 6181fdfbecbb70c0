"""What saving a score sheet asks of the database, from its autosaving page."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.web.jury.test_scoring_pages import browser, filled, seated
from zaiti.panels.models import ScoreSheet

WHO = ("django_session", "accounts_user", "panels_expert")  # asked by every page of the experts
SAVED = 8


def test_a_sheet_is_saved_in_eight_statements_and_one_writes_all_marks():
    review = make.review("discussed")
    jury = browser(seated(review)[0])
    jury.post(f"/jury/reviews/{review.pk}/score/")
    sheet = ScoreSheet.objects.get()
    shown = jury.get(f"/jury/sheets/{sheet.pk}/").context["form"]
    prints = str(shown.based_on).split('value="')[1].split('"')[0].replace("&quot;", '"')
    typed = filled(review) | {"based_on": prints}
    with CaptureQueriesContext(connection) as asked:
        answer = jury.post(f"/jury/sheets/{sheet.pk}/save/", typed)
    assert answer.status_code == 200
    statements = [
        line["sql"] for line in asked if not line["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))
    ]
    who, rest = statements[:3], statements[3:]
    assert [f'FROM "{table}"' in line for table, line in zip(WHO, who, strict=True)] == [True] * 3
    assert len(rest) <= SAVED, rest
    assert sum('INTO "panels_score"' in line for line in rest) == 1
    assert sheet.scores.count() == review.panel.rubric.criteria.count()
