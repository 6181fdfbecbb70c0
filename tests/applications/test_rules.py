import pytest

from tests import make
from zaiti.applications.models import Application
from zaiti.applications.rules import may_edit, may_see


@pytest.mark.parametrize("state", Application.State.values)
def test_who_may_see_is_the_same_for_one_and_for_the_list(state):
    application = make.application(state)
    people = [
        application.contact,
        make.applicant(),
        make.holder("officer", application.authority),
        make.holder("officer", make.district("futian")),
        make.holder("officer", make.city()),
        make.holder("auditor", application.authority),
        make.user(is_admin=True),
    ]
    for person in people:
        assert may_see(person, application) == (application in Application.objects.visible_to(person))


def test_a_draft_is_the_units_own():
    draft = make.application()
    assert not may_see(make.holder("officer", draft.authority), draft)
    assert may_edit(draft.contact, draft)
    assert not may_edit(make.holder("officer", draft.authority), draft)
