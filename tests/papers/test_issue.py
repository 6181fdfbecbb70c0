import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from zaiti.papers.kinds import Kind
from zaiti.papers.models import Paper
from zaiti.papers.numbers import next_number
from zaiti.papers.tasks import render
from zaiti.papers.typst import render_pdf, substitutions


def test_numbers_run_on_by_bureau_kind_and_year():
    first, second = make.paper(), make.paper()
    elsewhere = make.paper(authority=make.district("futian"))
    assert [p.number.rpartition("〕")[2] for p in (first, second, elsewhere)] == ["1号", "2号", "1号"]


def test_a_number_is_never_given_twice():
    assert [next_number("key") for _ in range(3)] == [1, 2, 3]


def test_a_job_is_queued_with_the_deed():
    paper = make.paper()
    job = ProcrastinateJob.objects.get(task_name="papers.render")
    assert job.args == {"paper": paper.pk}


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError):
        make.paper(kind=Kind("love", "love letter", "情", "screening/papers/love.typ"))


def test_the_letter_becomes_a_pdf_once():
    paper = make.paper()
    Paper.objects.filter(pk=paper.pk).update(template="papers/papers/sample.typ")
    render(paper.pk)
    kept = Paper.objects.get(pk=paper.pk).pdf
    render(paper.pk)
    assert kept is not None
    assert Paper.objects.get(pk=paper.pk).pdf_id == kept.pk
    assert kept.content.read()[:5] == b"%PDF-"


def test_the_layout_holds_22_lines_of_28_characters():
    paper = make.paper(facts={"body": "字" * 28 * 22})
    paper.template = "papers/papers/measure.typ"
    assert count_pages(render_pdf(paper)) == 1
    paper.facts["body"] += "字"
    assert count_pages(render_pdf(paper)) == 2


def test_fonts_that_stand_in_are_named():
    assert set(substitutions()) <= {"小标宋", "仿宋", "黑体", "楷体", "宋体"}


def count_pages(pdf: bytes) -> int:
    import pypdfium2  # noqa: PLC0415  # a test's own measure

    return len(pypdfium2.PdfDocument(pdf))


def test_who_may_read_a_paper():
    officer, stranger = make.holder("officer"), make.user()
    applicant = make.applicant()
    paper = make.paper(organisation=applicant.organisation)
    public = make.paper(public=True)
    readers = {person: set(Paper.objects.visible_to(person)) for person in (officer, applicant, stranger)}
    assert readers == {officer: {paper, public}, applicant: {paper, public}, stranger: {public}}
