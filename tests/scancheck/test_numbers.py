import pikepdf
import pypdfium2 as pdfium
import pytest

from scancheck.checks import numbers
from scancheck.numerals import Candidate, Printed, parse
from scancheck.pagination import paginate
from scancheck.profile import STANDARD
from scancheck.text import layer
from tests.scancheck import scans

VOTES = numbers.Bounds.least_votes


@pytest.mark.parametrize(
    ("text", "form", "number", "total"),
    [
        ("第3页 共10页", "of", 3, 10),
        ("第 12 页，共 30 页", "of", 12, 30),
        ("共10页 第3页", "of", 3, 10),
        ("第十二页", "page", 12, None),
        ("第一百零三页", "page", 103, None),
        ("— 3 —", "dash", 3, None),
        ("－15－", "dash", 15, None),
        ("3/10", "of", 3, 10),
        ("３／１０", "of", 3, 10),
        ("Page 4 of 9", "of", 4, 9),
        ("P.7", "page", 7, None),
        ("27", "bare", 27, None),
        ("iv", "roman", 4, None),
        ("- XII -", "roman", 12, None),
    ],
)
def test_page_numbers_of_every_usual_form_are_read(text, form, number, total):
    assert parse(text) == Printed(form, number, total)


@pytest.mark.parametrize(
    "text", ["", "申报表", "2024年5月", "0755-12345678", "第10页共3页", "ISBN 978-7", "12.5%"]
)
def test_other_text_is_no_page_number(text):
    assert parse(text) is None


@pytest.mark.parametrize("place", ["centre", "outer", "right", "head"])
def test_numbers_are_read_from_the_page(place):
    raster, _ = scans.picture(3, number=(7, 12), number_form="第{n}页 共{t}页", number_place=place)
    found = numbers.candidates(raster, 0.0, STANDARD)
    assert Printed("of", 7, 12) in [each.printed for each in found]


def book(*values, form="dash", total=None):
    """Candidates of a document: a number or None a page."""
    return [
        [] if value is None else [Candidate(Printed(form, value, total), "foot", 0.5, 0.95)]
        for value in values
    ]


def found(*values, **facts):
    order = paginate(book(*values, **facts), VOTES)
    return order.missing, order.repeated, order.out_of_order


def test_a_sound_document_has_nothing_wrong():
    assert found(1, 2, 3, 4, 5, 6) == ((), (), ())


def test_a_missing_page_is_named():
    assert found(1, 2, 3, 5, 6, 7) == ((4,), (), ())
    assert found(3, 4, 5, 6, form="of", total=6) == ((1, 2), (), ())
    assert found(1, 2, 3, 4, form="of", total=6) == ((5, 6), (), ())


def test_a_repeated_page_is_named():
    assert found(1, 2, 3, 3, 4, 5) == ((), (3,), ())


def test_swapped_pages_are_out_of_order_and_not_missing():
    missing, repeated, disordered = found(1, 2, 4, 3, 5, 6)
    assert (missing, repeated) == ((), ())
    assert disordered in ((3,), (4,))


def test_a_page_without_a_number_is_not_missing():
    assert found(1, 2, None, 4, 5, 6) == ((), (), ())


def test_a_gap_with_fewer_unread_pages_than_numbers_says_how_many_are_missing():
    order = paginate(book(1, 2, 3, None, 6, 7), VOTES)
    assert (order.missing, order.some_missing) == ((), ((4, 5, 1),))


def test_unread_last_pages_are_not_missing():
    assert found(1, 2, 3, 4, None, form="of", total=5) == ((), (), ())


def test_empty_backs_that_carry_no_number_hide_no_missing_page():
    pages = book(1, None, 2, None, 4, None, 5, None)
    order = paginate(pages, VOTES, blank={2, 4, 6, 8})
    assert order.missing == (3,)
    assert [printed and printed.number for printed in order.numbers] == [1, None, 2, None, 4, None, 5, None]


def test_positions_of_swapped_pages_count_empty_backs():
    order = paginate(book(1, None, 2, None, 4, None, 3, None, 5, None, 6), VOTES, blank={2, 4, 6, 8, 10})
    assert order.out_of_order in ((5,), (7,))


def test_an_empty_page_that_the_numbers_count_is_not_missing():
    assert paginate(book(1, 2, None, 4, 5, 6), VOTES, blank={3}).missing == ()


def test_one_misread_number_is_dropped():
    order = paginate(book(1, 2, 8, 4, 5, 6), VOTES)
    assert order.numbers[2] is None
    assert (order.missing, order.out_of_order) == ((), ())


def test_years_and_lone_numbers_get_no_votes():
    order = paginate(book(2024, None, 75, None, 518000 % 5000, None, form="bare"), VOTES)
    assert order.numbers == (None,) * 6
    assert not order.voted


def test_roman_front_matter_is_a_series_of_its_own():
    front = [[Candidate(Printed("roman", n), "foot", 0.5, 0.95)] for n in (1, 2, 3)]
    order = paginate(front + book(1, 2, 3, 4), VOTES)
    assert (order.missing, order.repeated, order.out_of_order) == ((), (), ())
    assert all(order.numbers)


def test_merged_documents_each_begin_at_one():
    assert found(1, 2, 3, 1, 2, 3, 4) == ((), (), ())


def at(number, across, form="bare", down=0.95):
    return Candidate(Printed(form, number), "foot", across, 0.95, down)


def test_a_place_is_known_once_two_pages_numbers_are_in_step_there():
    habit = numbers.Habit()
    habit.learn(1, [at(1, 0.9)])
    assert not habit.spots
    habit.learn(3, [at(3, 0.9)])
    assert habit.knows(at(4, 0.91))


def test_numbers_on_alternating_sides_make_two_known_places():
    habit = numbers.Habit()
    for page in (1, 2, 3, 4):
        habit.learn(page, [at(page, 0.9 if page % 2 else 0.1)])
    assert habit.knows(at(5, 0.9))
    assert habit.knows(at(6, 0.1))
    assert not habit.knows(at(7, 0.5))


def test_numbers_that_are_not_in_step_teach_nothing():
    habit = numbers.Habit()
    habit.learn(1, [at(2024, 0.5)])
    habit.learn(2, [at(2024, 0.5)])
    assert not habit.spots


def test_a_line_of_the_body_that_the_strip_cuts_is_not_read_as_a_number():
    raster, _ = scans.picture(
        4, layout="letter", number=(7, 20), number_form="- {n} -", number_place="centre"
    )
    found = numbers.candidates(raster, 0.0, STANDARD)
    assert [each.printed for each in found] == [Printed("dash", 7)]


def set_sign_by_sign(lines):
    """A page's text layer where each sign is placed by itself: (text, x, y) in points."""
    made = scans.empty_pdf()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier
    )
    made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    signs = [(sign, x + 6 * place, y) for text, x, y in lines for place, sign in enumerate(text)]
    words = [
        f"BT /F 10 Tf {x} {y + 0.4 * (index % 2)} Td ({sign}) Tj ET"
        for index, (sign, x, y) in enumerate(signs)
    ]
    made.pages[0].Contents = made.make_stream("\n".join(words).encode())
    return pdfium.PdfDocument(scans.saved(made))[0]


def of_layer(page):
    return numbers.from_text([(line.text, line.across, line.down) for line in layer(page)])


def test_a_year_in_a_header_set_sign_by_sign_is_no_page_number():
    page = set_sign_by_sign([("Report of 2025 on training", 200, 800), ("12", 290, 30)])
    assert [(each.place, each.printed.number) for each in of_layer(page)] == [("foot", 12)]


def test_a_tables_cells_near_the_foot_are_no_page_numbers():
    rows = [
        (text, x, y)
        for y in (70, 52, 34, 16)
        for text, x in (("34", 90), ("7", 200), ("Chen", 300), ("43", 400))
    ]
    assert of_layer(set_sign_by_sign(rows)) == []


def test_three_contracts_of_two_pages_each_have_nothing_wrong():
    assert found(1, 2, 1, 2, 1, 2) == ((), (), ())


def test_excerpts_are_no_missing_pages():
    assert found(12, 13, 14, 15, 16, 45, 46, 47, 48, 49) == ((), (), ())


def test_numbers_that_stand_now_here_and_now_there_are_no_page_numbers():
    pages = [
        [Candidate(Printed("bare", number, None), "foot", across, 0.95, 0.95)]
        for number, across in ((1, 0.1), (2, 0.3), (4, 0.5), (5, 0.74), (6, 0.95))
    ]
    assert not paginate(pages, VOTES).voted
