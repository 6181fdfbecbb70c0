"""What counts as a seal, and as a unit's own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """Every threshold of the search for seals and of reading them, each with its reason."""

    # Seals: ink of a colour 16 levels above the paper's (faint pads reach about 25), or, where
    # there is no colour, 16 levels darker than the surroundings.
    tint_level: int = 16
    dark_level: int = 16
    # Where that shows no sure figure, smoothed ink this far above the paper's is looked at.
    faint_level: int = 8
    faintest_level: int = 5
    # Fewer coloured points than this at 75 dpi can't be a seal of 8 mm.
    least_points: int = 80
    # Where more of the coloured places than this hold red and blue at once, the planes lie apart.
    fringe_share: float = 0.5
    # Figures of a page that are read: those that surely look like seals (a page that many units
    # have sealed has some twenty), and the best of the others; print that only seems so is endless.
    most_sure: int = 24
    most_doubtful: int = 4
    # Scores a figure must reach before it is worth reading. On generated pages real rings score
    # above 0.5 and charts, photos and red print below 0.45, so reading is spent on few figures.
    look_score: float = 0.42
    sure_score: float = 0.85
    square_score: float = 0.24
    square_sure: float = 0.55
    square_text: float = 0.75
    # In black and white print crosses rings; a ring must stand out from circles beside it.
    dark: bool = True
    # The share of a circle's edge that points at its middle, above the print around: on generated
    # grey scans seals have 0.07 and more, print at most 0.10.
    dark_votes: float = 0.07
    dark_rim: float = 0.8
    dark_lonely: float = 0.33
    # Shares of inked points: a seal's band of text against the page outside, and against the ground
    # within. Seals over print had 0.00 and more of the first, -0.07 of the second.
    dark_relief: float = -0.02
    dark_inward: float = -0.1
    dark_sure_relief: float = 0.03
    sure_rim: float = 0.75
    # Print that happens to lie on a circle lies beside it too; a real ring, even broken, does less.
    broken_lonely: float = 0.15
    # A ring that stands out from nothing at all must be nearly whole: real ones over red print were.
    crowded_lonely: float = 0.05
    crowded_rim: float = 0.9
    dark_sure_rim: float = 0.85
    dark_sure_lonely: float = 0.4
    # Recognition confirms a seal that shows at least this many characters this surely; logos,
    # loops drawn by hand and charts show fewer.
    read: bool = True
    least_signs: int = 4
    least_reading: float = 0.3
    # Where the band shows ink in fewer sectors than this, print below may be what is read.
    sparse_text: float = 0.3
    sparse_reading: float = 0.6
    # A worn name comes out as signs of any script; a loop drawn round a word as strokes or nothing.
    worn_signs: int = 2
    # Its band of text shows in two sectors of five; a faint one may not show it, but is then a whole
    # ring with nothing beside its line, in which many signs seem to stand.
    worn_text: float = 0.4
    # A whole ring with something in this share of its band is doubtful even where nothing can be read.
    full_text: float = 0.6
    whole_rim: float = 0.95
    whole_lonely: float = 0.3
    many_signs: int = 5
    least_confidence: float = 0.5
    # What a worn, unread ring gets; a document with nothing better has no sure seal.
    doubtful_confidence: float = 0.6
    # 0.9 is the same name, 0.6 to 0.9 a person looks.
    same: float = 0.9
    maybe: float = 0.6
    readable: float = 0.6
    # A reading less like the name than this is no cause to look again.
    hopeless: float = 0.3
    # How far the claimed sign must be ahead of the likeliest other at every place, as a mean of logarithms
    # over all readings: a sign that print or wear hides is read as another now and then, but a twin's sign
    # is hardly ever thought of at all. From the second on readings stop where the name leads by so much
    # everywhere, or is so far behind somewhere.
    least_lead: float = -3.0
    sure_lead: float = 3.0
    lost_lead: float = -9.0
    least_looks: int = 2
    # How likely it may be that one more sign stands between two of the name's.
    most_between: float = 0.35
