"""Square codes (QR, ISO/IEC 18004) for a paper's pages, as rows of 0 and 1 that a template draws."""

import segno


def code_of(text: str) -> list[str]:
    """The code of a text in capitals, figures and -.:/ with a quarter of it spare (level Q)."""
    made = segno.make_qr(text, error="q", boost_error=False)
    return ["".join(str(int(point)) for point in row) for row in made.matrix]
