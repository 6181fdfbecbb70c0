import re

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.papers.test_title import pages_of
from zaiti import clock
from zaiti.accounts.models import Authority
from zaiti.papers.kinds import KINDS, Kind
from zaiti.papers.models import Paper
from zaiti.papers.numbers import document_number, next_number
from zaiti.papers.tasks import render
from zaiti.papers.typst import render_pdf, substitutions, template_path
from zaiti.publicity.papers import POSTING
from zaiti.results.papers import REPORT, WITHDRAWAL


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


VALID = re.compile(r"示luohu[\u4e00-\u9fff]{1,2}〔\d{4}〕[1-9]\d*号")  # 机关代字〔年〕号


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_each_number_is_the_bureaus_letters_its_year_and_its_number(kind):
    number = make.paper(kind=kind).number
    assert VALID.fullmatch(number)
    assert number.startswith(f"示luohu{kind.word}〔")


def test_a_bureau_known_by_its_letters_number_does_not_call_all_its_papers_letters():
    bureau = Authority(pk=make.district().pk, doc_prefix="深福人资函")
    assert document_number(bureau, REPORT) == f"深福人资函〔{clock.today().year}〕1号"
    assert document_number(bureau, WITHDRAWAL) == f"深福人资函〔{clock.today().year}〕2号"
    assert document_number(bureau, POSTING) == f"深福人资示〔{clock.today().year}〕1号"


def test_bureaus_without_letters_number_nothing():
    for code in ("futian", "nanshan"):
        bureau = make.district(code)
        bureau.doc_prefix = ""
        paper = make.paper(authority=bureau)
        assert (paper.number, str(paper)) == ("", "示例通知书")


@pytest.mark.parametrize(
    ("number", "head"), [("示函〔2025〕1号", "示例局"), ("示告〔2025〕1号", "示例局文件")]
)
def test_what_is_numbered_as_a_letter_has_no_head_of_documents(number, head):
    assert pages_of("正文", number=number, form="notice")[0].splitlines()[0] == head


def test_each_letter_by_title_is_one_by_number_and_form():
    letters = [kind for kind in KINDS.values() if kind.title.endswith("的函")]
    assert {kind.word for kind in letters} == {"函"}
    assert all('form: "letter"' in template_path(kind.template).read_text() for kind in letters)
