"""Every threshold the engine uses, in one place, each with its reason."""

from dataclasses import dataclass
from typing import TypeVar

MEBIBYTE = 1024 * 1024
B = TypeVar("B")


@dataclass(frozen=True)
class Profile:
    """What counts as good enough; the defaults suit A4 office scans of official papers."""

    # Intake: what an upload may weigh. 200 MiB and 1,000 pages are the bounds the programme's
    # own bad-input list names; a usual dossier has under 200 pages and 60 MiB.
    max_bytes: int = 200 * MEBIBYTE
    max_pages: int = 1000

    # Sandbox, in seconds of processor time: opening 1,000 pages takes about 0.1 s and checking a
    # 300 dpi page as much, so these are files that don't mean well; together they keep a hostile
    # file near the 5 s the issue allows (a page without time is tried once more). 1 GiB holds an
    # A3 page at 600 dpi in colour several times over.
    open_seconds: float = 1.0
    page_seconds: float = 2.5
    lost_seconds: float = 2.5
    memory_bytes: int = 1024 * MEBIBYTE
    # Objects looked at when searching for scripts and attachments; a scan has about 4 a page.
    max_objects: int = 20_000
    # A0 at 400 dpi is 180 million pixels; nobody scans more.
    max_pixels: int = 200_000_000

    # Whether to recognise text at all; page numbers, titles, seals and doubtful clarity need it.
    recognise: bool = True

    # Skew. The notices say "not skewed" without a figure; readers see 1 degree and mind 3.
    # Two measures from the upper and lower rims of ink that differ by 0.05 degrees, or fewer
    # than 1,200 points, gave errors above 0.03 degrees on generated pages: then it abstains.
    skew_warn_deg: float = 1.0
    skew_fail_deg: float = 3.0
    skew_most_spread: float = 0.05
    # Or, where a page leans much, this share of its lean: 4.2 degrees are as plain with 0.08 more or less.
    skew_spread_share: float = 0.02
    skew_least_points: int = 1200
    skew_least_peak: float = 0.15

    # Orientation: the model was trained with smoothed labels, so 0.925 is its full certainty; its wrong
    # answers on 4,000 generated pages reached 0.922, so only "upright" is believed unread. It tells lying
    # text from standing text better: where it gave one of them 0.75 or more it was never wrong.
    # Then a few lines are read, each way until one shows enough signs; two ways whose signs are
    # nearly as many leave it open.
    orientation_least: float = 0.915
    orientation_axis: float = 0.25
    orientation_lines: int = 4
    orientation_legible: float = 14.0
    orientation_lead: float = 3.0

    # Blank: grey levels darker than the paper around; print is at least 60, print that shines
    # through is 10 to 20. Marks are pieces of ink at 75 dpi, larger than dust.
    blank_ink_level: int = 28
    blank_most_ink: float = 0.006
    blank_least_marks: int = 3
    blank_stroke_area: int = 6
    blank_colour_level: int = 22
    blank_colour_points: int = 60

    # Cropped: three cut glyphs on one side, or the rules of a table of three rows; fewer are dust or a
    # rule that runs off the page. A rim with less plain paper is a picture.
    cropped_least_glyphs: int = 3
    cropped_least_rules: int = 4
    cropped_least_paper: float = 0.65
    cropped_border_share: float = 0.5
    # Or lines that go on to the very edge: at least so many, and this share of those on that side.
    cropped_least_lines: int = 3
    cropped_lines_share: float = 0.3

    # Page numbers: lines read at each end of a page (each costs about 10 ms), and how sure the
    # reading must be; the vote over the document throws out what remains wrong.
    number_most_lines: int = 4
    number_least_confidence: float = 0.5
    # A bare number is a page number when another page is in step with it; three make a series.
    number_least_votes: int = 3

    # Duplicates, at 200 by 283 points a page: thumbnails of the same sheet correlate above 0.9
    # even after another scan; then no place of 9 by 9 points may hold more than a comma's
    # worth of ink that the other lacks.
    duplicate_least_alike: float = 0.85
    duplicate_most_looks: int = 4
    duplicate_most_unmatched: float = 0.04
    duplicate_most_in_place: float = 8.0
    # At reading resolution, how alike two scans of a sheet are where they differ most, over a sign.
    duplicate_least_in_place: float = 0.72

    # Titles: the tallest lines in a page's upper part (each costs about 15 ms to read).
    title_pages: int = 2
    title_most_lines: int = 3
    title_least_confidence: float = 0.75
    title_least_alike: float = 0.74
    # Longer lines are sentences, which speak of many materials without being any of them.
    title_most_signs: int = 26
    # Clarity is the likelihood that at most 3 % of signs are misread. Resolutions: 150 dpi leaves
    # 10.5-point signs 22 points high, about what recognition and readers need; below 100 they fail.
    least_dpi: float = 149.0
    unreadable_dpi: float = 99.0
    clarity_good: float = 0.5
    clarity_bad: float = 0.2
    # Between these the estimate is doubtful and a line's first signs are read, and then another's.
    clarity_reading: bool = True
    clarity_sure_bad: float = 0.02
    clarity_sure_good: float = 0.98

    # The thresholds of single checks, where they aren't the usual ones: each check's file has its own.
    bounds: tuple[object, ...] = ()

    def of(self, kind: type[B]) -> B:
        """The thresholds of one check, by their class."""
        return next((each for each in self.bounds if isinstance(each, kind)), None) or kind()


STANDARD = Profile()
