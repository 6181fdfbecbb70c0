"""The pages a year is written on; what no page names stands on the last, so a new field appears by itself."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zaiti.programmes.packs import Pack
from zaiti.studio.correcting import of_a_form
from zaiti.studio.models import YearDraft
from zaiti.studio.paths import ID
from zaiti.studio.shape import fields

TERMS = "call_deadline report_deadline windows publicity_days acceptance_days correction_days returns_allowed"
PAGES: dict[str, tuple["str | Promise", str]] = {
    "notice": (
        _("Notice"),
        "title id year level programme notice purpose basis further_basis headings attachments closing",
    ),
    "places": (_("Cap and places"), "cap cap_text"),
    "terms": (_("Windows and terms"), f"{TERMS} objection_days"),
    "applying": (_("Applying"), "may_apply portal steps material_rules paper"),
    "types": (_("Carrier types"), "types"),
    "scoring": (_("Scoring"), "rubric_adaptable scoring tie_order"),
    "followup": (_("Follow-up"), "followup work_requirements"),
    "bureaus": (_("Bureaus and contacts"), "city districts contact"),
    "other": (_("Other entries"), ""),
}
# What stands on a page of its own, and so is left out where its part is shown.
APART = {
    "types": ("rubric", "materials", "form"),
    "types.form.sections": ("entries",),
    "districts": ("quotas", "sample_quotas"),
}


class Section(NamedTuple):
    """One page: its address, its name, the paths it shows, and the type that it tells of, if it does."""

    slug: str
    short: "str | Promise"
    paths: list[str]
    group: str = ""

    @property
    def name(self) -> "str | Promise":
        """Its name in full."""
        return f"{self.group} · {self.short}" if self.group else self.short


def sections(facts: dict[str, Any]) -> list[Section]:
    """Every page of a year; each of its types has pages of its own."""
    found = [Section(slug, name, _paths(slug, names, facts)) for slug, (name, names) in PAGES.items()]
    own = [section for kind in facts["types"] for section in _of_type(kind)]
    at = list(PAGES).index("types") + 1
    return [*found[:at], *own, *found[at:]]


def pages_of(draft: YearDraft) -> list[Section]:
    """The pages that can be written: of a year under way its forms alone."""
    found = sections(draft.facts)
    return [one for one in found if any(map(of_a_form, one.paths))] if draft.corrects_id else found


def _of_type(kind: dict[str, Any]) -> list[Section]:
    """Its material list, its rubric, its form, and each section of the form."""
    name, at = kind.get("name") or "—", f"types.{kind[ID]}"
    parts = (("materials", _("material list")), ("rubric", _("rubric")), ("form", _("application form")))
    found = [Section(f"{part}-{kind[ID]}", word, [f"{at}.{part}"], name) for part, word in parts]
    return found + [
        Section(
            f"entries-{kind[ID]}-{one[ID]}",
            one.get("title") or "—",
            [f"{at}.form.sections.{one[ID]}.entries"],
            name,
        )
        for one in (kind.get("form") or {}).get("sections", [])
    ]


def of_kind(path: str) -> str:
    """A line's path without the names of the lines: types.form.sections; nothing for what is no line."""
    keys, found, at = path.split("."), [], fields(Pack)
    while keys:
        shape = at.get(keys.pop(0))
        if shape is None or shape.model is None or (shape.kind == "rows" and not keys):
            return ""
        found.append(shape.name)
        at = fields(shape.model)
        if shape.kind == "rows":
            keys.pop(0)
    return ".".join(found)


def of_path(pages: list[Section], path: str) -> str:
    """The page on which a path stands."""
    fitting = [
        (len(start), section.slug)
        for section in pages
        for start in section.paths
        if f"{path}.".startswith(f"{start}.")
    ]
    return max(fitting)[1] if fitting else "other"


def address(draft: int, pages: list[Section], path: str) -> str:
    """Where a path is written."""
    here = reverse("desk:year_draft_write", args=[draft, of_path(pages, path)])
    return f"{here}#id_{path}"


def _paths(slug: str, names: str, facts: dict[str, Any]) -> list[str]:
    if slug == "other":
        named = {name for _name, rest in PAGES.values() for name in rest.split()}
        return [name for name in fields(Pack) if name not in named]
    if slug == "places":
        return [*names.split(), *(f"districts.{place[ID]}.quotas" for place in facts["districts"])]
    return names.split()
