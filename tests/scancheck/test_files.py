"""The command line takes what people have: photos, scans as TIFF, Word files, whole folders."""

import os
from io import BytesIO
from tempfile import TemporaryFile

import pikepdf
import pytest
from PIL import Image
from pillow_heif import from_pillow
from typer.testing import CliRunner

import scancheck
from scancheck.binding import bound, joined
from scancheck.cli import app
from scancheck.filing import inspect_file
from tests.scancheck import scans

EXIF_TURN = 0x0112


@pytest.fixture(scope="module")
def sheet():
    return Image.fromarray(scans.numbered()[0])


def codes(report):
    return [each.code for each in report.findings]


def test_a_photo_is_one_page_that_lies_as_the_camera_says(tmp_path, sheet):
    exif = Image.Exif()
    exif[EXIF_TURN] = 6
    sheet.rotate(90, expand=True).save(tmp_path / "a.jpg", quality=90, exif=exif)
    report = inspect_file(tmp_path / "a.jpg")
    assert (report.file, codes(report), len(report.pages)) == ("a.jpg", [], 1)
    assert report.pages[0].orientation == 0
    assert report.pages[0].height_mm > report.pages[0].width_mm
    assert report.sha256 == scancheck.probe(tmp_path / "a.jpg").sha256


def test_a_photo_taken_in_a_mirror_is_turned_round(tmp_path, sheet):
    exif = Image.Exif()
    exif[EXIF_TURN] = 2
    sheet.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(tmp_path / "a.jpeg", quality=90, exif=exif)
    assert codes(inspect_file(tmp_path / "a.jpeg")) == []


def test_a_tiff_has_a_page_a_frame_and_a_png_may_be_transparent(tmp_path, sheet):
    others = [Image.fromarray(page) for page in scans.numbered()[1:3]]
    sheet.save(tmp_path / "a.tif", save_all=True, append_images=others, dpi=(150, 150))
    report = inspect_file(tmp_path / "a.tif")
    assert [page.printed_number and page.printed_number.number for page in report.pages] == [1, 2, 3]
    assert {page.dpi for page in report.pages} == {150}
    clear = Image.new("RGBA", sheet.size, (0, 0, 0, 0))
    clear.paste(sheet, mask=sheet.convert("L").point(lambda level: 255 - level))
    clear.save(tmp_path / "b.png", dpi=(150, 150))
    assert codes(inspect_file(tmp_path / "b.png")) == []


def test_a_telephones_own_photo_is_read(tmp_path, sheet):
    from_pillow(sheet).save(tmp_path / "a.heic", quality=90)
    report = inspect_file(tmp_path / "a.heic")
    assert (codes(report), report.pages[0].blank) == ([], False)


def test_a_picture_that_is_none_says_so(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff" + bytes(500))
    report = inspect_file(tmp_path / "a.jpg")
    assert (codes(report), report.readable) == (["not_image"], False)
    assert "重新拍照" in report.findings[0].message


def test_a_picture_larger_than_anyone_takes_is_refused(tmp_path):
    kept = BytesIO()
    Image.new("1", (3000, 3000)).save(kept, "PNG")
    (tmp_path / "a.png").write_bytes(kept.getvalue())
    report = inspect_file(tmp_path / "a.png", scancheck.Profile(max_pixels=1_000_000))
    assert codes(report) == ["too_complex"]


def test_a_word_file_is_to_be_made_a_pdf(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 word/document.xml")
    report = inspect_file(tmp_path / "a.docx")
    assert (codes(report), "另存为 PDF" in report.findings[0].message) == (["word"], True)


def test_where_libreoffice_is_there_it_prints_the_word_file(tmp_path, monkeypatch):
    printed = tmp_path / "printed.pdf"
    printed.write_bytes(scans.pdf(scans.numbered()[0]))
    office = tmp_path / "bin" / "soffice"
    office.parent.mkdir()
    office.write_text(f'#!/bin/sh\ncp {printed} "$6/a.pdf"\n')
    office.chmod(0o755)
    monkeypatch.setenv("PATH", f"{office.parent}:{os.environ['PATH']}")
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 word/document.xml")
    report = inspect_file(tmp_path / "a.docx")
    assert (report.file, len(report.pages), codes(report)) == ("a.docx", 1, [])
    office.write_text("#!/bin/sh\nexit 1\n")
    assert codes(inspect_file(tmp_path / "a.docx")) == ["word_unprinted"]


def test_a_folder_of_all_kinds_is_read_and_drawn(tmp_path, sheet):
    pixels, _ = scans.scanned(scans.order(3, layout="short"), skew=4.2)
    Image.fromarray(pixels).save(tmp_path / "leans.jpg", quality=90, dpi=(150, 150))
    sheet.save(tmp_path / "b.png", dpi=(150, 150))
    html, shown = tmp_path / "out.html", tmp_path / "shown"
    told = CliRunner().invoke(
        app, [str(tmp_path), "--html", str(html), "--overlay", str(shown), "--jobs", "2"]
    )
    assert told.exit_code == 1
    assert html.read_text().count("<img") == 1
    assert sorted(each.name for each in shown.iterdir()) == ["b-001.png", "leans-001.png"]


def test_several_processes_read_one_file_alike():
    data = scans.pdf(*scans.numbered(5), scans.blank(), scans.numbered(5)[1])
    seen: list[tuple[int, int]] = []
    alone = scancheck.inspect(data)
    shared = scancheck.inspect(data, jobs=3, progress=lambda *done: seen.append(done))
    assert (shared.pages, shared.document) == (alone.pages, alone.document)
    assert alone.pages[6].duplicate_of == 2
    assert seen == [(done, 7) for done in range(1, 8)]


def for_office(content, profile=scancheck.Profile()):  # noqa: B008 (frozen)
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        return bound(file, profile, for_office=True)


def saved(picture, kind="JPEG", **facts):
    kept = BytesIO()
    picture.save(kept, kind, **facts)
    return kept.getvalue()


def test_for_an_office_a_photo_is_a4_lies_right_and_tells_nothing_of_its_place(sheet):
    exif = Image.Exif()
    exif[EXIF_TURN] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "MAKER OF THE PHONE"
    photo = saved(
        sheet.rotate(90, expand=True), exif=exif, xmp=b"MAKER OF THE PHONE", comment=b"MAKER OF THE PHONE"
    )
    assert photo.count(b"MAKER OF THE PHONE") == 3
    made, problem = for_office(photo)
    assert problem is None
    assert b"MAKER OF THE PHONE" not in made
    assert b"Exif" not in made
    with pikepdf.open(BytesIO(made)) as pdf:
        (page,) = pdf.pages
        (picture,) = page.get_images().values()
        assert [round(float(x)) for x in page.mediabox] == [0, 0, 595, 842]
        assert (picture.Width, picture.Height) == sheet.size


def test_for_an_office_a_wide_picture_lies_across(sheet):
    made, _ = for_office(saved(sheet.rotate(90, expand=True), "PNG"))
    with pikepdf.open(BytesIO(made)) as pdf:
        assert [round(float(x)) for x in pdf.pages[0].mediabox] == [0, 0, 842, 595]


def test_a_scanners_jpeg_goes_in_as_it_is(sheet):
    scanned = saved(sheet, quality=90)
    assert scanned in for_office(scanned)[0]


@pytest.mark.parametrize(
    ("content", "profile", "problem"),
    [
        (b"\xff\xd8\xff" + bytes(500), {}, "not_image"),
        (saved(Image.new("1", (3000, 3000)), "PNG"), {"max_pixels": 1_000_000}, "too_complex"),
        (saved(Image.new("1", (30_000, 30_000)), "PNG"), {}, "too_complex"),
        (saved(Image.new("L", (9, 9)), "TIFF", save_all=True, append_images=[Image.new("L", (9, 9))] * 9),
         {"max_pages": 5}, "too_many_frames"),
        (saved(Image.effect_noise((900, 900), 90), "PNG"), {"max_bytes": 1000}, "too_complex"),
    ],
    ids=["torn", "large", "bomb", "frames", "heavy"],
)  # fmt: skip
def test_a_hostile_picture_is_named_and_makes_nothing(content, profile, problem):
    assert for_office(content, scancheck.Profile(**profile)) == (b"", problem)


def test_files_are_joined_in_the_order_they_lie():
    parts = [scans.pdf(page) for page in scans.numbered()[:2]]
    with TemporaryFile() as file:
        file.write(b"".join(parts))
        file.flush()
        made, problem = joined(file, list(map(len, parts)), scancheck.Profile())
    assert problem is None
    report = scancheck.inspect(made)
    assert [page.printed_number.number for page in report.pages] == [1, 2]


def test_nothing_is_joined_with_what_is_no_pdf():
    with TemporaryFile() as file:
        file.write(b"nothing")
        file.flush()
        assert joined(file, [7], scancheck.Profile()) == (b"", "not_image")
