"""Figures as people write them."""

import re
import unicodedata

# With its unit behind, in full-width digits, with spaces or commas in it.
FIGURE = re.compile(r"([+-]?)(\d[\d,]*(?:\.\d+)?)(?:分|人次|人|名|份|页|个|家|次|项|元|年|%)?[。.]?")


def figure(text: str) -> str:
    """“４．５ 分” means 4.5; what is no plain number comes back as it was."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    found = FIGURE.fullmatch(folded)
    return found[1] + found[2].replace(",", "") if found else text.strip()
