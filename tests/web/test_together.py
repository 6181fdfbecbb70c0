"""Hundreds of deeds at once, of every door and the clock: each is done or refused, none ends in a fault."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from tests import make
from zaiti.accounts.models import User
from zaiti.ledger.chain import first_break
from zaiti.screening.tasks import deem_overdue, lapse_corrections

THREADS, DEEDS_EACH = 12, 30
Ask = Callable[[], int]


def browser(person: User | None = None) -> Client:
    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def screening() -> list[Ask]:
    """Two officers at the same thirty cases."""
    cases = [make.to_screen()[0] for _case in range(30)]
    desks = [browser(make.holder("officer", cases[0].authority)) for _desk in range(2)]
    given = {"return-reasons": "未加盖公章", "return-due": date(2030, 1, 7), "copy-copies": 2}

    def does(what: str, **more: str) -> Ask:
        def ask() -> int:
            case = random.choice(cases)
            where = what.format(requirement=case.materials.first().requirement_id)
            return random.choice(desks).post(f"/desk/screening/{case.pk}/{where}", given | more).status_code

        return ask

    marks = [does("marks/{requirement}/", found=found) for found in ("in_order", "unsealed")]
    return [*marks, does("marks/"), does("accept/", rest_in_order="on"), does("return/"), does("copy/")]


def judging() -> list[Ask]:
    """Three experts at six reviews."""
    board = make.panel(make.closed_call(make.district("futian")))
    reviews = [make.review("discussed", panel=board) for _review in range(6)]
    sheets = [make.sheet(review) for review in reviews for _seat in range(3)]
    whole = {f"points_{line.pk}": str(line.points) for line in sheets[0].rubric.criteria.all()}
    desks = {sheet.pk: browser(sheet.seat.expert.user) for sheet in sheets}

    def does(what: str) -> Ask:
        def ask() -> int:
            pk = random.choice(list(desks))
            return desks[pk].post(f"/jury/sheets/{pk}/{what}/", whole).status_code

        return ask

    return [does("save"), does("save"), does("sign")]


def objecting() -> Ask:
    board = make.finished_panel(authority=make.district("nanshan"))
    posting = make.posting(of=make.candidate_list("approved", of=board))
    where = f"/postings/{posting.pk}/object/{make.named(posting).pk}/"
    given = {"name": "示例甲", "identity_number": make.IDENTITY, "phone": "13800000000", "text": "示例事实。"}
    return lambda: browser().post(where, given, REMOTE_ADDR=f"192.0.2.{random.randint(1, 250)}").status_code


def inviting() -> Ask:
    unit = make.organisation()
    owner = browser(make.applicant(unit))
    return lambda: owner.post("/my/members/invite/", {"name": "示例乙", "email": "b@example.com"}).status_code


def by_the_clock() -> int:
    deem_overdue()
    lapse_corrections()
    return 200


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_hundreds_of_deeds_at_once_end_without_a_fault():
    deeds = [*screening(), *judging(), objecting(), inviting(), by_the_clock]
    answers: Counter[object] = Counter()
    start = Barrier(THREADS)

    def work() -> None:
        start.wait()
        for _deed in range(DEEDS_EACH):
            try:
                answers[random.choice(deeds)()] += 1
            except Exception as fault:  # the test says which
                answers[repr(fault)] += 1
        connection.close()

    threads = [Thread(target=work) for _thread in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert answers.total() == THREADS * DEEDS_EACH
    assert set(answers) <= {200, 302, 404, 409, 422, 429}, answers
    assert answers[302] > 50, answers
    assert first_break() is None
