"""The letter of authorisation to print, sign and seal."""

from zaiti.accounts.models import Authority, User
from zaiti.papers.typst import draft, render_pdf

TITLE = "授权委托书"


def blank_letter(*, person: User, unit: str, uscc: str, authority: Authority | None) -> bytes:
    """Typeset the letter with the unit's facts; what is signed and sealed is filled in by hand."""
    facts = {"unit": unit, "uscc": uscc, "person": person.name, "account": person.username}
    return render_pdf(draft("mandates/papers/mandate.typ", title=TITLE, facts=facts, authority=authority))
