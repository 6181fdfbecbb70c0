"""The application form (申报表) to print, sign and seal, and the receipt's kind."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from zaiti.applications.models import Application
from zaiti.papers import kinds
from zaiti.papers.typst import draft, render_pdf

TITLE = "终身职业技能培训载体申报表"
APPLICATION = "applications.application"
RECEIPT = kinds.add(
    "applications",
    "receipt",
    _("submission receipt"),
    word="收",
    title="申报材料收件回执",
    made_by=[(APPLICATION, "submit"), (APPLICATION, "resubmit")],
)


def form_to_seal(application: Application) -> bytes:
    """Typeset what was typed so far; an entry that is empty leaves room to write."""
    title = f"{application.call.cycle.year}年度{TITLE}"
    facts = {
        "unit": application.organisation.name,
        "uscc": application.organisation.uscc,
        "carrier_type": application.carrier_type.name,
        "entries": _entries(application),
    }
    made = draft("applications/papers/form.typ", title=title, facts=facts, authority=application.authority)
    return render_pdf(made)


def _entries(application: Application) -> list[tuple[str, str]]:
    with translation.override("zh-hans"):
        return [
            (application.label(name), _said(getattr(application, name))) for name in application.form_fields
        ]


def _said(value: object) -> str:
    return "" if value is None else str(value)
