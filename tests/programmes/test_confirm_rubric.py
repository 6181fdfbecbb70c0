import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from tests.programmes.test_adapt_rubric import adapt
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.programmes.actions import confirm_rubric
from zaiti.programmes.models import Rubric
from zaiti.programmes.queries import rubric_for

SOURCE = "《示例区评审细则》（附件2）"


def sample(**fields):
    make.restate(make.cycle(), rubric_adaptable=True)
    Rubric.objects.filter(pk=rubric_for(make.carrier_type(), make.district()).pk).update(sample=True)
    return adapt(**fields)


def test_an_adapted_rubric_that_an_official_confirms_is_no_sample_any_more():
    rubric, officer = sample(), make.holder("officer")
    assert rubric.sample
    confirm_rubric(rubric, by=officer, source=f" {SOURCE} ")
    rubric.refresh_from_db()
    assert (rubric.sample, rubric.source, rubric.confirmed_by) == (False, SOURCE, officer)
    assert Entry.objects.get(verb="confirm_rubric").facts == {"source": SOURCE}


def test_the_next_version_of_a_real_one_is_a_real_one():
    rubric = sample()
    confirm_rubric(rubric, by=make.holder("officer"), source=SOURCE)
    assert not adapt(rubric).sample


def test_a_document_is_named():
    rubric = sample()
    with pytest.raises(Refused):
        confirm_rubric(rubric, by=make.holder("officer"), source="  ")


def test_what_is_no_sample_needs_no_confirming():
    rubric = sample()
    confirm_rubric(rubric, by=make.holder("officer"), source=SOURCE)
    with pytest.raises(Refused):
        confirm_rubric(rubric, by=make.holder("officer"), source=SOURCE)


def test_another_bureau_may_not_confirm_it():
    rubric = sample()
    for authority in (make.district("nanshan"), make.city()):
        with pytest.raises(PermissionDenied):
            confirm_rubric(rubric, by=make.holder("officer", authority), source=SOURCE)


def test_the_citys_own_is_confirmed_by_the_city():
    sample()
    rubric = Rubric.objects.filter(authority=None, sample=True).first()
    with pytest.raises(PermissionDenied):
        confirm_rubric(rubric, by=make.holder("officer"), source=SOURCE)
    confirm_rubric(rubric, by=make.holder("officer", make.city()), source=SOURCE)
    assert not Rubric.objects.get(pk=rubric.pk).sample
