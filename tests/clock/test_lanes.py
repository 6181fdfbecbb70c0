"""Scans that wait hold up no letter."""

import asyncio

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.at_work import at_work, until
from zaiti import clock
from zaiti.clock.jobs import QUEUES, SCANS, defer
from zaiti.clock.working import LANES, Pool
from zaiti.papers.models import Paper
from zaiti.screening.models import ScanReport
from zaiti.screening.scan_reports import read_scan
from zaiti_replay.scans import scan

FULL = 20


def left() -> int:
    return ProcrastinateJob.objects.filter(queue_name=SCANS, status="todo").count()


def test_each_queue_is_worked_off_in_one_lane():
    assert sorted(queue for lane in LANES for queue in lane.queues) == sorted(QUEUES)


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_made_while_the_scan_queue_is_full():
    file = make.stored_file(scan("示例材料", "示例单位", pages=2))
    for number in range(FULL):
        row = ScanReport.objects.create(
            file=file, sha256=file.sha256, engine="1", name=f"示例单位{number}", asked_at=clock.now()
        )
        defer(read_scan, reading=row.pk)
    make.paper()
    Paper.objects.update(template="papers/papers/sample.typ")
    with at_work():
        until(lambda: Paper.objects.filter(pdf__isnull=False).exists())
        assert left() > FULL // 2
        assert ProcrastinateJob.objects.filter(queue_name=SCANS, status="doing").count() == 1


def test_a_worker_begins_at_once_where_no_database_answers_yet():
    async def begin() -> None:
        pool = Pool("host=/nowhere", open=False)
        await asyncio.wait_for(pool.open(wait=True), 5)
        await pool.close()

    asyncio.run(begin())
