"""Officials comment on fields of a year in preparation, and settle what is dealt with."""

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.studio.actions import abandon_draft, remark, settle
from zaiti.studio.models import Remark


def at_city(role="approver"):
    return make.holder(role, make.city())


def test_a_comment_says_who_and_when_until_it_is_settled():
    draft, by = make.year_draft(), at_city()
    made = remark(draft, by=by, path="cap", text="上限以市局会议纪要为准")
    assert (made.by, made.settled_at) == (by, None)
    assert Entry.objects.get(verb="remark").facts["field"] == "cap"
    other = at_city("officer")
    settle(draft, by=other, remark=made.pk)
    assert Remark.objects.get().settled_by == other
    with pytest.raises(Refused, match="settled this comment already"):
        settle(draft, by=by, remark=made.pk)


@pytest.mark.parametrize(
    ("path", "text"), [("cap", " "), ("nothing", "好"), ("types.x.name", "好"), ("", "好")]
)
def test_without_words_or_a_place_it_is_refused_in_a_sentence(path, text):
    with pytest.raises(Refused):
        remark(make.year_draft(), by=at_city(), path=path, text=text)


def test_a_year_given_up_is_not_commented_on():
    draft = make.year_draft()
    made = remark(draft, by=at_city(), path="cap", text="好")
    abandon_draft(draft, by=at_city("officer"), reason="重复编制")
    with pytest.raises(Refused):
        remark(draft, by=at_city(), path="cap", text="好")
    with pytest.raises(Refused):
        settle(draft, by=at_city(), remark=made.pk)


def test_nobody_else_comments():
    draft = make.year_draft()
    made = remark(draft, by=at_city(), path="cap", text="好")
    with pytest.raises(PermissionDenied):
        remark(draft, by=make.holder("officer"), path="cap", text="好")
    with pytest.raises(PermissionDenied):
        settle(draft, by=make.holder("officer"), remark=made.pk)
