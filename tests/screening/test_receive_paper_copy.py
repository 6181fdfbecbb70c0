import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.outbox.models import Message
from zaiti.screening.models import PaperCopy


def wanted(state="submitted"):
    return make.to_screen(state=state, call=make.call(paper_required=True))


def test_a_receipt_is_given():
    application, officer = wanted()
    copy = make.paper_copy(application, officer, pages=86)
    assert (copy.copies, copy.pages, copy.cover_code) == (2, 86, application.number)
    assert (copy.paper.kind, copy.paper.facts["copies_asked"]) == ("paper_copy", 2)
    assert Message.objects.get().template == "screening/mail/paper_copy.txt"
    assert Entry.objects.get(verb="receive_paper_copy").by == officer


def test_a_later_delivery_replaces_the_earlier():
    application, officer = wanted()
    first = make.paper_copy(application, officer, matches=False, note="缺页。")
    second = make.paper_copy(application, officer)
    assert PaperCopy.objects.get() == second
    assert second.matches
    assert first.paper != second.paper


def test_a_difference_needs_words():
    application, officer = wanted()
    with pytest.raises(Refused):
        make.paper_copy(application, officer, matches=False)


def test_it_is_refused_where_no_paper_is_asked_for():
    application, officer = make.to_screen()
    with pytest.raises(Refused):
        make.paper_copy(application, officer)


@pytest.mark.parametrize("state", ["draft", "withdrawn", "declined"])
def test_it_is_refused_in_other_states(state):
    application, officer = wanted(state=state)
    with pytest.raises(Refused):
        make.paper_copy(application, officer)


def test_others_may_not():
    application, _officer = wanted()
    for person in (make.holder("reviewer"), make.holder("officer", make.district("futian")), make.user()):
        with pytest.raises(PermissionDenied):
            make.paper_copy(application, person)
