import pypdfium2

from tests import make
from zaiti.papers.models import Paper
from zaiti.papers.typst import render_pdf
from zaiti.screening import papers
from zaiti.screening.actions import accept, decline
from zaiti.screening.queries import checklist
from zaiti.screening.tasks import deem_overdue

GAPS = str.maketrans("", "", " \r\n")


def text(paper):
    pages = pypdfium2.PdfDocument(render_pdf(paper))
    return "".join(page.get_textpage().get_text_range() for page in pages).translate(GAPS)


def test_the_acceptance_notice_lists_the_materials():
    application, officer = make.to_screen()
    said = text(accept(application, by=officer, rest_in_order=True).paper)
    assert application.organisation.name in said
    assert application.number in said
    assert "现予以受理" in said
    assert "申报表" in said.partition("受理材料清单")[2]


def test_the_notice_of_what_is_deemed_accepted_says_why():
    application = make.long_ago(make.to_screen()[0])
    said = text(deem_overdue()[0].paper)
    assert "未在规定期限内告知" in said
    assert f"{application.answer_due.month}月{application.answer_due.day}日" in said


def test_the_correction_notice_lists_every_fault_and_the_due_date():
    _application, _officer, correction = make.returned()
    said = text(correction.paper)
    assert f"1.{make.FAULT}" in said
    assert f"{correction.due.month}月{correction.due.day}日24:00前" in said


def test_the_refusal_gives_the_reason_and_the_way_to_complain():
    application, officer = make.to_screen()
    said = text(decline(application, by=officer, reason="不属于申报对象。").paper)
    assert "不属于申报对象。" in said
    assert "六十日内依法申请行政复议" in said


def test_the_receipt_tells_how_the_copy_differs():
    application, officer = make.to_screen(call=make.call(paper_required=True))
    said = text(make.paper_copy(application, officer, matches=False, note="缺第3页。").paper)
    assert "不一致：缺第3页。" in said


def test_a_preview_looks_the_same_but_takes_no_number():
    application, officer = make.to_screen()
    make.in_order(application, officer)
    facts = papers.acceptance(application, checklist(application))
    before = Paper.objects.count()
    said = text(papers.preview(papers.ACCEPTANCE, application, facts))
    assert "尚未编号" in said
    assert Paper.objects.count() == before
