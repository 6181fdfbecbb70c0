"""The bound copy: everything handed in, in its order, on numbered A4 sheets, as one PDF."""

import re
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from zaiti.applications.actions import ask_to_bind
from zaiti.applications.models import MaterialVersion
from zaiti.applications.tasks import bind
from zaiti.files.store import store

pytestmark = pytest.mark.django_db
A4 = (595, 842)


@pytest.fixture
def submission():
    return make.application(state="submitted").submissions.get()


def volume(submission) -> pypdfium2.PdfDocument:
    copy = ask_to_bind(submission, by=submission.by)
    bind.func(copy=copy.pk)
    copy.refresh_from_db()
    assert copy.broken == ""
    return pypdfium2.PdfDocument(copy.file.content.read())


def said(page) -> str:
    return page.get_textpage().get_text_bounded()


def replace_first(submission, content: bytes, pages: int = 1) -> None:
    """Another file in the first place, as if it had been handed in."""
    file = store(BytesIO(content), name="x.pdf", by=submission.by)
    version = MaterialVersion.objects.get(file__sha256=submission.files[0]["sha256"])
    version.file = file
    version.save()
    submission.files[0] |= {"sha256": file.sha256, "pages": pages}
    submission.save()


def drawn(wide: float, high: float, **page) -> bytes:
    """One page with a mark in each corner."""
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(wide, high))
        marks = f"0 0 9 9 re {wide - 9} {high - 9} 9 9 re f"
        made.pages[0].obj.update(pikepdf.Dictionary(Contents=made.make_stream(marks.encode()), **page))
        made.save(kept := BytesIO())
        return kept.getvalue()


def test_every_material_follows_its_divider_in_order_with_numbers_that_run_through(submission):
    pages = [said(page) for page in volume(submission)]
    listed = [row["pages"] for row in submission.files]
    numbers = [int(found[1]) for text in pages if (found := re.search(r"— (\d+) —", text))]
    assert numbers == list(range(1, len(listed) + sum(listed) + 1))
    at = len(pages) - len(numbers)
    for number, row in enumerate(submission.files, 1):
        assert f"{number}. {row['material']}" in pages[at].replace("\r\n", "")
        assert "form of" in pages[at + 1], "the text of a material can still be searched"
        at += 1 + row["pages"]
    assert submission.application.organisation.name in pages[0].replace(" ", "")
    assert submission.number in pages[0]


def test_the_contents_and_the_bookmarks_lead_to_each_material(submission):
    made = volume(submission)
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in made.get_toc()]
    assert [title.partition(". ")[2] for title, _ in marks] == [row["material"] for row in submission.files]
    contents = "".join(said(made[n]) for n in range(1, marks[0][1]))
    for title, index in marks:
        assert title in said(made[index]).replace("\r\n", "")
        assert title.partition(". ")[2][:6] in contents


@pytest.mark.parametrize(
    ("content", "lies"),
    [
        (drawn(200, 300), False),
        (drawn(3000, 2000), True),
        (drawn(595, 842, Rotate=90), True),
        (drawn(595, 842, MediaBox=[100, 50, 695, 892]), False),
        (drawn(595, 842, UserUnit=3), False),
    ],
)
def test_whatever_its_size_a_page_lies_whole_on_a4_above_its_number(submission, content, lies):
    replace_first(submission, content)
    made = volume(submission)
    sheet = made[next(m for m in made.get_toc()).get_dest().get_index() + 1]
    assert sorted(round(side) for side in sheet.get_size()) == list(A4)
    assert (sheet.get_width() > sheet.get_height()) is lies


def test_a_page_is_neither_cut_nor_under_its_number(submission):
    replace_first(submission, drawn(842, 842))
    made = volume(submission)
    sheet = made[next(m for m in made.get_toc()).get_dest().get_index() + 1]
    dark = sheet.render(scale=1).to_pil().convert("L").point(lambda grey: 255 if grey < 128 else 0)
    left, top, right, bottom = dark.crop((0, 0, 595, 842 - 37)).getbbox()
    assert (right - left, bottom - top) == (pytest.approx(572, abs=3), pytest.approx(572, abs=3))


def test_a_signature_drawn_as_an_annotation_stays_on_its_page(submission):
    replace_first(submission, stamped())
    made = volume(submission)
    sheet = made[next(m for m in made.get_toc()).get_dest().get_index() + 1]
    picture = sheet.render(scale=1).to_pil().convert("RGB")
    assert (255, 0, 0) in {colour for _, colour in picture.getcolors(1 << 20)}


def stamped() -> bytes:
    """A page whose red stamp is a widget, as electronic seals are."""
    with pikepdf.new() as made:
        made.add_blank_page(page_size=A4)
        look = made.make_stream(b"1 0 0 rg 0 0 90 90 re f", Type=pikepdf.Name.XObject)
        look.Subtype, look.BBox = pikepdf.Name.Form, pikepdf.Array([0, 0, 90, 90])
        widget = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, F=4,
            T="seal", Rect=[200, 300, 290, 390], AP=pikepdf.Dictionary(N=look),
        )  # fmt: skip
        widget = made.make_indirect(widget)
        made.pages[0].Annots = pikepdf.Array([widget])
        made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([widget]))
        made.save(kept := BytesIO())
        return kept.getvalue()


def test_scripts_and_attachments_stay_behind(submission):
    with pikepdf.open(BytesIO(make.pdf())) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.attachments["x.txt"] = b"attached"
        pdf.save(kept := BytesIO())
    replace_first(submission, kept.getvalue())
    copy = ask_to_bind(submission, by=submission.by)
    bind.func(copy=copy.pk)
    copy.refresh_from_db()
    with pikepdf.open(copy.file.content) as made:
        assert "/OpenAction" not in made.Root
        assert len(made.attachments) == 0
        assert made.check_pdf_syntax() == []


def test_what_cannot_be_read_is_named_and_tried_again_when_asked(submission):
    good = MaterialVersion.objects.get(file__sha256=submission.files[0]["sha256"]).file
    replace_first(submission, b"%PDF-1.4 torn")
    copy = ask_to_bind(submission, by=submission.by)
    bind.func(copy=copy.pk)
    copy.refresh_from_db()
    assert (copy.file, copy.broken) == (None, submission.files[0]["material"])
    replace_first(submission, good.content.read())
    assert ask_to_bind(submission, by=submission.by).broken == ""
    bind.func(copy=copy.pk)
    copy.refresh_from_db()
    assert copy.file.name == f"{submission.application.organisation.name}.pdf"
    assert copy.done == copy.pages
    assert jobs() == 2


def test_it_is_bound_once_however_many_ask(submission):
    first = ask_to_bind(submission, by=submission.by)
    assert ask_to_bind(submission, by=submission.by) == first
    bind.func(copy=first.pk)
    assert ask_to_bind(submission, by=submission.by) == first
    assert jobs() == 1


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="applications.bind").count()


def test_an_outsider_may_not_ask(submission):
    with pytest.raises(PermissionDenied):
        ask_to_bind(submission, by=make.user())
