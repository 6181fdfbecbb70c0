"""Many rows of the public's lists, quickly made."""

from tests import make
from zaiti import clock
from zaiti.accounts.models import Organisation
from zaiti.applications.models import Answers, Application
from zaiti.carriers.models import Carrier
from zaiti.notices.models import Publication
from zaiti.panels.models import Draw, Panel, Review
from zaiti.programmes.models import Cycle
from zaiti.publicity.models import Posted, Posting
from zaiti.ranking.models import Candidate, CandidateList

SECRETS = ("示例联系人密", "13900000000", "示例法人密", "示例专家密")
CONTACT, PHONE, LEGAL_PERSON, EXPERT = SECRETS


def texts(number: int, kind: str = "guide") -> list[Publication]:
    """So many published texts of the district."""
    return [make.publication(kind=kind, cycle=make.cycle()) for _ in range(number)]


def carriers(number: int) -> list[Carrier]:
    """So many carriers, each of its own unit; personal data is everywhere behind them."""
    chosen = candidates(number, Candidate.State.RECOGNISED)
    start = Carrier.objects.count()
    return Carrier.objects.bulk_create(
        Carrier(
            certificate_number=f"SZ-2024-JD-{n:04d}",
            candidate=candidate,
            organisation=candidate.review.application.organisation,
            carrier_type=candidate.carrier_type,
            authority=candidate.authority,
            name=f"示例载体{n}",
            unit=candidate.review.application.organisation.name,
            year=2024,
            recognised_on=clock.today(),
        )
        for n, candidate in enumerate(chosen, start + 1)
    )


def postings(number: int) -> list[Posting]:
    """So many postings, each of one name."""
    made = []
    for text, candidate in zip(texts(number, "posting"), candidates(number, "posted"), strict=True):
        posting = Posting.objects.create(
            cycle=candidate.cycle,
            authority=candidate.authority,
            posted_at=clock.now(),
            days=5,
            last_day=clock.add_working_days(clock.today(), 5),
            publication=text,
            by=text.by,
        )
        Posted.objects.create(
            posting=posting,
            candidate=candidate,
            unit=str(candidate),
            carrier_name=str(candidate),
            last_day=posting.last_day,
        )
        made.append(posting)
    return made


def draws(number: int) -> list[Draw]:
    """So many draws of one panel."""
    board = Panel.objects.first() or make.panel()
    line = {"line": "001 ab", "name": EXPERT, "unit": "示例", "expert": 1, "nonce": "x"}
    facts = {"seed": "0" * 64, "method": "sha256-lowest/1", "left_out": [], "places": 1, "by": board.made_by}
    return Draw.objects.bulk_create(
        Draw(panel=board, at=clock.now(), pool=[line], drawn=[line | {"key": "00"}], **facts)
        for _ in range(number)
    )


def candidates(number: int, state: str) -> list[Candidate]:
    """So many names on one list, with places for all of them."""
    ranking = CandidateList.objects.first() or make.candidate_list("approved")
    Cycle.objects.filter(pk=ranking.cycle_id).update(cap=2000)
    make.quota(1000, authority=ranking.authority, carrier_type=ranking.carrier_type)
    start = Candidate.objects.count() + 1
    return Candidate.objects.bulk_create(
        Candidate(
            list=ranking,
            review=review,
            cycle=ranking.cycle,
            authority=ranking.authority,
            carrier_type=ranking.carrier_type,
            state=state,
            rank=start + n,
            total=90,
            passes=True,
        )
        for n, review in enumerate(_reviews(ranking, number))
    )


def _reviews(ranking: CandidateList, number: int) -> list[Review]:
    units = Organisation.objects.bulk_create(
        Organisation(
            uscc=make.credit_code(), name=f"示例多单位{n}", kind="enterprise", legal_person=LEGAL_PERSON
        )
        for n in range(number)
    )
    person = make.user(name=CONTACT, phone=PHONE)
    applications = Application.objects.bulk_create(
        Application(
            call=ranking.panel.call,
            carrier_type=ranking.carrier_type,
            organisation=unit,
            contact=person,
            carrier_name=f"{unit.name}载体",
            state="accepted",
            created_at=clock.now(),
            number=f"DX-{unit.pk:06d}",
        )
        for unit in units
    )
    form = ranking.carrier_type.forms.latest("number")
    for one in applications:
        answers = Answers(application=one, form=form)
        answers.put({"contact_name": CONTACT, "contact_phone": PHONE})
        answers.save()
    return Review.objects.bulk_create(
        Review(application=one, panel=ranking.panel, state="scored", total=90) for one in applications
    )
