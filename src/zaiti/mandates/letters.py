"""The letter of authorisation to print, sign and seal."""

from zaiti import clock
from zaiti.accounts.models import Authority, User
from zaiti.papers.letters import render_pdf
from zaiti.papers.models import Paper

TITLE = "授权委托书"


def blank_letter(*, person: User, unit: str, uscc: str, authority: Authority | None) -> bytes:
    """Typeset the letter with the unit's facts; what is signed and sealed is filled in by hand."""
    paper = Paper(
        title=TITLE,
        template="mandates/papers/mandate.typ",
        facts={"unit": unit, "uscc": uscc, "person": person.name, "account": person.username},
        authority=authority,
        made_at=clock.now(),
    )
    return render_pdf(paper)
