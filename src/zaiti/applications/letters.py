"""The application form (申报表) to print, sign and seal."""

from django.utils import translation

from zaiti import clock
from zaiti.applications.models import Application
from zaiti.papers.letters import render_pdf
from zaiti.papers.models import Paper

TITLE = "终身职业技能培训载体申报表"


def form_to_seal(application: Application) -> bytes:
    """Typeset what was typed so far; an entry that is empty leaves room to write."""
    paper = Paper(
        title=f"{application.call.cycle.year}年度{TITLE}",
        template="applications/papers/form.typ",
        facts={
            "unit": application.organisation.name,
            "uscc": application.organisation.uscc,
            "carrier_type": application.carrier_type.name,
            "entries": _entries(application),
        },
        authority=application.authority,
        made_at=clock.now(),
    )
    return render_pdf(paper)


def _entries(application: Application) -> list[tuple[str, str]]:
    with translation.override("zh-hans"):
        return [
            (application.label(name), _said(getattr(application, name))) for name in application.form_fields
        ]


def _said(value: object) -> str:
    return "" if value is None else str(value)
