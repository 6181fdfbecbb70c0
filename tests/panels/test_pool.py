import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.core import Refused
from zaiti.panels.actions import add_expert, add_new_expert, retire_expert, return_expert


def test_an_account_is_put_into_the_pool_for_every_type_unless_told():
    expert = add_expert(make.user(), by=make.holder("officer"), unit=" 示例院校 ")
    assert (expert.unit, expert.types) == ("示例院校", ["base", "studio", "station"])


def test_a_new_account_is_made_for_who_has_none():
    officer = make.holder("officer")
    fields = {
        "username": "zhuanjia",
        "name": "示例专家",
        "email": "z@example.com",
        "password": "a-Long-pass9",
    }
    expert = add_new_expert(by=officer, **fields, unit="示例院校", types=["studio"])
    assert (expert.user.name, expert.types) == ("示例专家", ["studio"])
    with pytest.raises(Refused):
        add_new_expert(by=officer, **fields, unit="示例院校")


def test_nobody_is_in_the_pool_twice():
    with pytest.raises(Refused):
        add_expert(make.expert().user, by=make.holder("officer"), unit="示例院校")


def test_officials_and_system_administrators_do_not_judge():
    for person in (make.holder("supervisor"), make.user(is_admin=True)):
        with pytest.raises(Refused):
            add_expert(person, by=make.holder("officer"), unit="示例院校")


def test_an_expert_is_retired_and_returned():
    expert, officer = make.expert(), make.holder("officer")
    retire_expert(expert, by=officer)
    assert not expert.active
    with pytest.raises(Refused):
        retire_expert(expert, by=officer)
    return_expert(expert, by=officer)
    expert.refresh_from_db()
    assert expert.active


@pytest.mark.parametrize("deed", [retire_expert, return_expert])
def test_only_officers_keep_the_pool(deed):
    for person in (make.holder("approver"), make.applicant()):
        with pytest.raises(PermissionDenied):
            deed(make.expert(), by=person)
        with pytest.raises(PermissionDenied):
            add_expert(make.user(), by=person, unit="示例院校")
