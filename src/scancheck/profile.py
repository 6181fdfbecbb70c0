"""Every threshold the engine uses, in one place, each with its reason."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


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

    # Seals: ink of a colour 16 levels above the paper's (faint pads reach about 25), or, where
    # there is no colour, 16 levels darker than the surroundings.
    seal_tint_level: int = 16
    seal_dark_level: int = 16
    # Where that shows no sure figure, smoothed ink this far above the paper's is looked at.
    seal_faint_level: int = 8
    seal_faintest_level: int = 5
    # Fewer coloured points than this at 75 dpi can't be a seal of 8 mm.
    seal_least_points: int = 80
    # Where more of the coloured places than this hold red and blue at once, the planes lie apart.
    seal_fringe_share: float = 0.5
    # Figures of one ink that are read: those that surely look like seals (a page that many units
    # have sealed has some twenty), and the best of the others; print that only seems so is endless.
    seal_most_sure: int = 24
    seal_most_doubtful: int = 6
    # Scores a figure must reach before it is worth reading. On generated pages real rings score
    # above 0.5 and charts, photos and red print below 0.45, so reading is spent on few figures.
    seal_look_score: float = 0.42
    seal_sure_score: float = 0.85
    seal_square_score: float = 0.24
    seal_square_sure: float = 0.55
    seal_square_text: float = 0.75
    # In black and white print crosses rings; a ring must stand out from circles beside it.
    seal_dark: bool = True
    # The share of a circle's edge that points at its middle, above the print around: on generated
    # grey scans seals have 0.07 and more, print at most 0.10.
    seal_dark_votes: float = 0.07
    seal_dark_rim: float = 0.8
    seal_dark_lonely: float = 0.33
    # Shares of inked points: a seal's band of text against the page outside, and against the ground
    # within. Seals over print had 0.00 and more of the first, -0.07 of the second.
    seal_dark_relief: float = -0.02
    seal_dark_inward: float = -0.1
    seal_dark_sure_relief: float = 0.03
    seal_sure_rim: float = 0.75
    # Print that happens to lie on a circle lies beside it too; a real ring, even broken, does less.
    seal_broken_lonely: float = 0.15
    seal_dark_sure_rim: float = 0.85
    seal_dark_sure_lonely: float = 0.4
    # Recognition confirms a seal that shows at least this many characters this surely; logos,
    # loops drawn by hand and charts show fewer.
    read_seals: bool = True
    seal_least_signs: int = 4
    seal_least_reading: float = 0.3
    # A worn name comes out as signs of any script; a loop drawn round a word as strokes or nothing.
    seal_worn_signs: int = 2
    # Its band of text shows in two sectors of five; a faint one may not show it, but is then a whole
    # ring with nothing beside its line, in which many signs seem to stand.
    seal_worn_text: float = 0.4
    # A whole ring with something in this share of its band is doubtful even where nothing can be read.
    seal_full_text: float = 0.6
    seal_whole_rim: float = 0.95
    seal_whole_lonely: float = 0.3
    seal_many_signs: int = 5
    seal_least_confidence: float = 0.5
    # What a worn, unread ring gets; a document with nothing better has no sure seal.
    seal_doubtful_confidence: float = 0.6
    # The issue's own bounds: 0.9 is the same name, 0.6 to 0.9 a person looks.
    seal_same: float = 0.9
    seal_maybe: float = 0.6
    seal_readable: float = 0.6

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


STANDARD = Profile()
