from io import StringIO

import pytest
from django.core.management import call_command

from tests import make
from zaiti.core import Refused
from zaiti.screening.actions import accept, mark_material, mark_rest, return_for_correction
from zaiti.screening.faults import FAULTS
from zaiti.screening.judging import agreement
from zaiti.screening.models import Check, Judgement
from zaiti.screening.queries import checklist

Mark = Check.Mark
LEANING = {"page": 3}
DOUBTED = {"status": "unsure", "code": "skew_unsure"}


def read(*findings, **said):
    """An application with one file, read with these findings."""
    application, officer = make.to_screen()
    version = application.materials.get().versions.get()
    make.scan_report(version, *findings, **said)
    return application, officer


def line(application):
    return checklist(application)[0]


def said(kind):
    return Judgement.objects.filter(kind=kind).values_list("said", "fault").get()


def test_a_grave_finding_is_proposed_as_the_fault_of_the_notice():
    application, _officer = read(LEANING)
    assert (line(application).proposal, line(application).mark) == (Mark.NOT_IN_FORM, "")
    assert line(application).seen.reason == "Page 3 is skewed by 4.2°. Scan it again."


def test_a_doubt_is_left_to_a_person():
    application, _officer = read(DOUBTED)
    assert (line(application).proposal, line(application).seen.verdict) == ("", "unsure")


def test_the_rest_is_marked_as_proposed_when_asked_so():
    application, officer = read(LEANING)
    mark_rest(application, by=officer, as_proposed=True)
    assert (line(application).mark, line(application).reason[:6]) == (Mark.NOT_IN_FORM, "Page 3")


def test_what_the_pre_check_leaves_open_stays_open():
    application, officer = read(DOUBTED)
    assert mark_rest(application, by=officer, as_proposed=True) == []
    assert line(application).open


def test_a_fault_that_was_found_is_not_passed_over():
    application, officer = read(LEANING)
    for decide in (mark_rest, accept):
        with pytest.raises(Refused, match="mark these materials first"):
            decide(application, by=officer, **({"rest_in_order": True} if decide is accept else {}))
    with pytest.raises(Refused):
        return_for_correction(application, by=officer, reasons="x", rest_in_order=True)


def test_an_officer_overrides_it_and_the_override_is_kept():
    application, officer = read(LEANING)
    mark_material(application.materials.get(), by=officer, mark=Mark.IN_ORDER)
    assert said("skew") == ("fail", False)
    assert said("seal") == ("pass", False)


def test_a_preset_fault_is_kept_for_its_check_alone():
    application, officer = read()
    mark_material(
        application.materials.get(), by=officer, mark=Mark.NOT_IN_FORM, reason=FAULTS["seal"].reason
    )
    assert list(Judgement.objects.values_list("kind", "said", "fault")) == [("seal", "pass", True)]


def test_a_proposal_taken_over_counts_as_agreement():
    application, officer = read(LEANING)
    mark_rest(application, by=officer, as_proposed=True)
    assert list(Judgement.objects.values_list("kind", "said", "fault")) == [("skew", "fail", True)]


def test_a_later_mark_takes_the_place_of_the_earlier():
    application, officer = read(LEANING)
    mark_rest(application, by=officer, as_proposed=True)
    mark_material(application.materials.get(), by=officer, mark=Mark.IN_ORDER)
    assert said("skew") == ("fail", False)


def test_words_of_ones_own_say_nothing_of_the_checks():
    application, officer = read(LEANING)
    mark_material(application.materials.get(), by=officer, mark=Mark.NOT_IN_FORM, reason="日期有误。")
    assert not Judgement.objects.exists()


def test_nothing_is_kept_of_a_file_that_was_not_read():
    application, officer = make.to_screen()
    mark_rest(application, by=officer)
    assert not Judgement.objects.exists()


def test_agreement_is_counted_for_each_check():
    application, officer = read(LEANING, {"check": "seal", **DOUBTED})
    mark_material(application.materials.get(), by=officer, mark=Mark.IN_ORDER)
    counted = {row.kind: (row.same, row.alarms, row.misses, row.unsure, row.share) for row in agreement()}
    assert counted["skew"] == (0, 1, 0, 0, 0.0)
    assert counted["seal"] == (0, 0, 0, 1, None)
    assert counted["clarity"] == (1, 0, 0, 0, 1.0)


def test_the_command_prints_a_row_for_each_check():
    application, officer = read()
    call_command("scan_agreement", stdout=(nothing := StringIO()))
    assert "No officer has marked" in nothing.getvalue()
    mark_rest(application, by=officer)
    call_command("scan_agreement", stdout=(table := StringIO()))
    assert "skew" in table.getvalue()
    assert "100.0%" in table.getvalue()


def test_another_material_than_the_slots_is_said():
    application, _officer = read(looks_like="劳动合同")
    view = line(application).seen
    assert [found.check for found in view.findings] == ["title"]
    assert view.verdict == "warn"
