import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied

from tests import make
from zaiti.applications.models import Application, Material
from zaiti.core import Refused
from zaiti.ledger.models import Entry
from zaiti.screening.actions import mark_material, mark_rest
from zaiti.screening.models import Check
from zaiti.screening.queries import checklist

Mark = Check.Mark


def test_a_mark_is_kept_with_its_reason_and_the_file_it_speaks_of():
    application, officer = make.to_screen()
    material = application.materials.get()
    check = mark_material(material, by=officer, mark=Mark.NOT_IN_FORM, reason=" 缺页。 ")
    assert (check.mark, check.reason, check.version) == (Mark.NOT_IN_FORM, "缺页。", material.versions.get())
    assert Entry.objects.filter(verb="mark", by=officer).count() == 1


def test_a_later_mark_takes_the_place_of_the_earlier():
    application, officer = make.to_screen()
    make.faulty(application, officer)
    mark_material(application.materials.get(), by=officer, mark=Mark.IN_ORDER, reason="left over")
    assert [(c.mark, c.reason) for c in Check.objects.all()] == [(Mark.IN_ORDER, "")]


def test_a_mark_does_not_count_for_a_newer_file():
    application, officer = make.to_screen()
    make.faulty(application, officer)
    make.material_version(application)
    assert checklist(application)[0].mark == ""


def test_an_empty_required_slot_is_missing_before_anyone_looks():
    application, _officer = make.to_screen()
    application.materials.all().delete()
    first, optional = checklist(application)
    assert (first.mark, first.reason, optional.mark) == (Mark.MISSING, "未提交该材料。", "")


def test_a_slot_left_empty_can_be_marked_too():
    application, officer = make.to_screen()
    optional = application.carrier_type.materials.get(required=False)
    slot = Material(application=application, requirement=optional)
    mark_material(slot, by=officer, mark=Mark.MISSING, reason="应当提交。")
    assert [line.mark for line in checklist(application)] == ["", Mark.MISSING]


def test_a_fault_needs_its_reason():
    application, officer = make.to_screen()
    with pytest.raises(Refused):
        mark_material(application.materials.get(), by=officer, mark=Mark.NOT_IN_FORM, reason=" ")


def test_an_empty_slot_is_never_in_order():
    application, officer = make.to_screen()
    application.materials.get().versions.all().delete()
    with pytest.raises(Refused):
        mark_material(application.materials.get(), by=officer, mark=Mark.IN_ORDER)


def test_the_rest_is_marked_in_order_at_once():
    application, officer = make.to_screen()
    make.uploaded(application, optional=True)
    make.faulty(application, officer)
    assert len(mark_rest(application, by=officer)) == 1
    assert [line.mark for line in checklist(application)] == [Mark.NOT_IN_FORM, Mark.IN_ORDER]


@pytest.mark.parametrize("state", make.others(Application, "accept"))
def test_marks_are_set_only_while_it_waits(state):
    application, officer = make.to_screen(state=state)
    material = Material.objects.get_or_create(
        application=application, requirement=application.carrier_type.materials.all()[0]
    )[0]
    with pytest.raises(Refused):
        mark_material(material, by=officer, mark=Mark.MISSING, reason="…")
    with pytest.raises(Refused):
        mark_rest(application, by=officer)


def test_others_may_not():
    application, _officer = make.to_screen()
    for person in (make.holder("reviewer"), make.holder("officer", make.district("futian")), make.user()):
        with pytest.raises(PermissionDenied):
            mark_material(application.materials.get(), by=person, mark=Mark.IN_ORDER)
        with pytest.raises(PermissionDenied):
            mark_rest(application, by=person)


def test_nobody_screens_their_own_unit():
    application, officer = make.to_screen()
    officer.organisation = application.organisation
    with pgtrigger.ignore("accounts.User:person_apart"):  # as if from before the rule
        officer.save()
    with pytest.raises(PermissionDenied):
        mark_rest(application, by=officer)
