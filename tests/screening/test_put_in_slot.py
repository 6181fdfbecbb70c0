from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from zaiti.applications.actions import rename_unit
from zaiti.applications.queries import current_version
from zaiti.core import Refused
from zaiti.screening.actions import put_in_slot, take_in, uploads
from zaiti.screening.models import ScanReport
from zaiti.screening.queries import look_at
from zaiti.screening.scan_reports import read_scan
from zaiti.screening.tasks import read_again
from zaiti_replay.scans import scan


def opened():
    application = make.application()
    application.organisation.name = "深圳市示例科技有限公司"  # whose seal is read to the last sign
    application.organisation.save()
    return application, application.contact, application.carrier_type.materials.all()[0]


def put(application, by, slot, content=None):
    body = BytesIO(content or make.pdf())
    return put_in_slot(application, slot, by=by, content=body, original_name="a.pdf")


def looked(application, version):
    class Slot:
        requirement = version.material.requirement

    Slot.version = version
    return look_at([Slot], application)[version.pk]


def test_a_file_lies_in_its_slot_and_is_read_by_a_job():
    application, owner, slot = opened()
    version = put(application, owner, slot)
    assert current_version(application.materials.get()) == version
    report = ScanReport.objects.get()
    job = ProcrastinateJob.objects.get(task_name="screening.read_scan")
    assert (report.sha256, report.name, job.args) == (
        version.file.sha256,
        application.organisation.name,
        {"reading": report.pk},
    )


def test_the_same_bytes_are_read_once():
    application, owner, slot = opened()
    put(application, owner, slot)
    put(application, owner, slot)
    assert ScanReport.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name="screening.read_scan").count() == 1


def test_a_flawed_scan_is_seen_through_with_its_places():
    application, owner, slot = opened()
    unit = application.organisation.name
    version = put(application, owner, slot, scan(slot.name, unit, pages=2, seal="", tilt=4.2))
    assert looked(application, version).waiting
    read_scan(ScanReport.objects.get().pk)
    view = looked(application, version)
    assert (view.waiting, view.verdict, view.proposal) == (False, "fail", "not_in_form")
    codes = {found.key for found in view.findings}
    assert {"skewed:2", "seal_nowhere:0"} <= codes
    assert [(sheet.number, round(sheet.width)) for sheet in view.sheets] == [(1, 210), (2, 210)]


def test_a_sound_scan_is_proposed_as_in_order():
    application, owner, slot = opened()
    version = put(application, owner, slot, scan(slot.name, application.organisation.name))
    read_scan(ScanReport.objects.get().pk)
    view = looked(application, version)
    assert (view.verdict, view.findings, view.proposal) == ("pass", [], "in_order")
    assert [seal.same for seal in view.seals] == [True]


def test_a_file_without_a_slot_is_read_too():
    application, owner, _slot = opened()
    row = take_in(application, by=owner, content=BytesIO(make.pdf(3)), original_name="b.pdf")
    assert (row.pages, row.file.original_name, ScanReport.objects.get().file) == (3, "b.pdf", row.file)


def test_what_is_no_pdf_is_neither_kept_nor_read():
    application, owner, slot = opened()
    with pytest.raises(Refused):
        put(application, owner, slot, b"hello")
    with pytest.raises(Refused):
        take_in(application, by=owner, content=BytesIO(b"hello"), original_name="b.pdf")
    assert not ScanReport.objects.exists()


def test_the_year_sets_how_large_a_file_may_be():
    application, owner, slot = opened()
    cycle = application.call.cycle
    cycle.max_pages = 2
    cycle.save()
    with pytest.raises(Refused):
        put(application, owner, slot, make.pdf(3))


def test_no_stranger_puts_or_leaves_a_file():
    application, _owner, slot = opened()
    stranger = make.applicant()
    with pytest.raises(PermissionDenied):
        put(application, stranger, slot)
    with pytest.raises(PermissionDenied):
        take_in(application, by=stranger, content=BytesIO(make.pdf()), original_name="b.pdf")


def test_a_new_name_and_a_new_engine_have_the_scans_read_again(monkeypatch):
    application, owner, slot = opened()
    version = put(application, owner, slot)
    read_again(0)
    assert ScanReport.objects.count() == 1
    rename_unit(application.organisation, by=owner, name="示例新名称公司")
    read_again(0)
    read_again(0)
    assert set(ScanReport.objects.values_list("name", flat=True)) >= {"示例新名称公司"}
    assert ScanReport.objects.count() == 2
    monkeypatch.setattr(uploads, "ENGINE_VERSION", "9.9")
    read_again(0)
    assert ScanReport.objects.filter(engine="9.9", sha256=version.file.sha256).count() == 1
    assert ProcrastinateJob.objects.filter(task_name="screening.read_scan").count() == 3


def test_what_was_replaced_or_decided_is_not_read_again():
    application, owner, slot = opened()
    put(application, owner, slot)
    put(application, owner, slot, make.pdf(pages=2))
    ScanReport.objects.all().delete()
    read_again(0)
    assert ScanReport.objects.get().pages == 2
    ScanReport.objects.all().delete()
    application.state = application.State.ACCEPTED
    application.save()
    read_again(0)
    assert not ScanReport.objects.exists()
