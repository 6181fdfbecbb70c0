"""The yearly procedure as a picture: each stage, who does it, and its term in this year's policy."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zaiti.programmes.models import Cycle
from zaiti.web.ui.dates import written


@dataclass(frozen=True)
class Stage:
    """One stage of the year."""

    icon: str
    label: str
    who: str
    term: str


def stages(cycle: Cycle) -> list[Stage]:
    """The stages in their order [N1 四][N2 四]."""
    district, unit = _("District bureau"), _("Applying unit")
    return [
        Stage("speakerphone", _("Call published"), district, _by(cycle.call_deadline)),
        Stage("file-upload", _("Application"), unit, _("sealed scans, each in its place")),
        Stage("clipboard-check", _("Acceptance"), district, _days(cycle.acceptance_days)),
        Stage("users-group", _("Review"), _("Experts drawn by lot"), _("site visit, discussion, scoring")),
        Stage("eye-check", _("Publicity"), _("Everyone"), _days(cycle.publicity_days)),
        Stage("building-bank", _("Report"), district, _by(cycle.report_deadline)),
        Stage(
            "certificate", _("Result published"), _("City bureau"), _("one list, certificates, the register")
        ),
    ]


def _by(day: Any) -> str:
    return _("by %(day)s") % {"day": written(day)} if day else ""


def _days(number: int) -> str:
    return ngettext("%(n)s working day", "%(n)s working days", number) % {"n": number}
