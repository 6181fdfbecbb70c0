"""A call is for the units of its own city, of the kinds that its year names."""

import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.accounts.models import Authority
from zaiti.applications.actions import start_application, submit
from zaiti.core import Refused


def abroad() -> Authority:
    city = Authority.objects.create(code="ys", level="city", name="样示市人力资源局", place="样示市")
    return Authority.objects.create(
        code="donghu", level="district", name="样示区局", district="样示区", city=city
    )


def test_a_unit_of_a_kind_that_the_year_does_not_name_starts_none():
    by = make.applicant(make.organisation(kind="evening_school"))
    with pytest.raises(Refused, match="evening_school"):
        start_application(make.call(), make.carrier_type(), by=by)


def test_nor_hands_one_in_that_it_began_as_another_kind():
    application = make.uploaded(make.filled(make.application()))
    application.organisation.kind = "evening_school"
    application.organisation.save()
    with pytest.raises(Refused, match="evening_school"):
        submit(application, by=application.contact)


def test_a_unit_of_another_city_starts_none():
    by = make.applicant(make.organisation(district=abroad()))
    with pytest.raises(PermissionDenied):
        start_application(make.call(), make.carrier_type(), by=by)
