import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.applications.actions import explain_finding
from zaiti.core import Refused
from zaiti.ledger.models import Entry


def version_of(state="draft"):
    application = make.application(state=state)
    return make.material_version(application) if state == "draft" else _first(application)


def _first(application):
    return application.materials.all()[0].versions.all()[0]


def test_a_word_is_kept_beside_its_finding():
    version = version_of()
    owner = version.material.application.contact
    explain_finding(version, by=owner, finding="skewed:3", text=" 原件如此 ")
    explain_finding(version, by=owner, finding="blank:2", text="x" * 200)
    with pytest.raises(Refused, match="at most 200"):
        explain_finding(version, by=owner, finding="blank:2", text="y" * 201)
    version.refresh_from_db()
    assert version.explanations == {"skewed:3": "原件如此", "blank:2": "x" * 200}
    assert Entry.objects.filter(verb="explain_finding", by=owner).count() == 2


def test_an_empty_word_takes_it_back():
    version = version_of()
    owner = version.material.application.contact
    explain_finding(version, by=owner, finding="skewed:3", text="原件如此")
    explain_finding(version, by=owner, finding="skewed:3", text=" ")
    version.refresh_from_db()
    assert version.explanations == {}


def test_it_is_refused_once_the_file_is_handed_in():
    version = version_of("submitted")
    with pytest.raises(Refused):
        explain_finding(version, by=version.material.application.contact, finding="skewed:3", text="x")


def test_nobody_else_explains():
    with pytest.raises(PermissionDenied):
        explain_finding(version_of(), by=make.applicant(), finding="skewed:3", text="x")
