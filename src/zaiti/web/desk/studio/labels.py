"""What the fields of a year are called; the schema has no more of them than stand here."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zaiti.studio.paths import ID

LABELS: dict[str, "str | Promise"] = {
    "source": _("where it comes from"),
    "sample": _("it is a sample"),
    "defaults": _("fields the notice doesn't state"),
    "title": _("title"),
    "doc_number": _("document number"),
    "authority": _("name of the bureau"),
    "addressees": _("addressed to"),
    "made_on": _("made on"),
    "text_source": _("the text comes from"),
    "name": _("what it is called"),
    "number": _("number"),
    "issuer": _("issued by"),
    "types": _("carrier types"),
    "may_apply": _("who may apply"),
    "quotas": _("places given out"),
    "steps": _("steps of the procedure"),
    "work_requirements": _("other requirements of the notice"),
    "code": _("code"),
    "uscc": _("unified social credit code"),
    "doc_prefix": _("document prefix"),
    "called": _("what its own texts call it"),
    "programme": _("programme"),
    "certificate": _("certificate numbers"),
    "letters": _("letters in certificate numbers"),
    "place": _("name of the place"),
    "sample_quotas": _("sample places"),
    "points": _("points"),
    "note": _("how to do it"),
    "criteria": _("criteria"),
    "pass_line": _("pass line"),
    "per_category_min_ratio": _("least share of each category"),
    "categories": _("categories"),
    "required": _("is asked for"),
    "file": _("file"),
    "items": _("items"),
    "definition": _("definition"),
    "focus": _("the year's focus"),
    "rubric": _("rubric"),
    "materials": _("material list"),
    "text": _("text"),
    "kinds": _("kinds of unit"),
    "district": _("district"),
    "opens_at": _("opens at"),
    "closes_at": _("closes at"),
    "opening_hour_stated": _("the notice states the opening hour"),
    "item": _("service item"),
    "button": _("button"),
    "format": _("file format"),
    "rules": _("demands on scans"),
    "max_megabytes": _("largest file, MB"),
    "max_pages": _("most pages of a file"),
    "made_into_pdf": _("taken besides PDF"),
    "formats": _("file formats"),
    "single_file": _("in one file"),
    "named_after_applicant": _("named after the applicant"),
    "same_order": _("in the same order"),
    "size": _("paper size"),
    "copies": _("number of copies"),
    "bound": _("bound"),
    "contents": _("with a table of contents"),
    "page_numbers": _("with page numbers"),
    "address": _("address"),
    "phone": _("office telephone"),
    "electronic": _("electronic copy"),
    "rule": _("scoring rule"),
    "trim_from": _("experts from which extremes are dropped"),
    "decimals": _("decimal places"),
    "minimum_panel": _("fewest experts of a panel"),
    "grounds": _("grounds to revoke"),
    "years_without_training": _("years without training"),
    "alert_months": _("months of the reminders"),
    "check_month": _("month of the check"),
    "rectification_days": _("rectification, working days"),
    "defence_days": _("statement and defence, working days"),
    "index_number": _("index number"),
    "category": _("class of the text"),
    "publisher": _("publisher"),
    "published_on": _("published on"),
    "keywords": _("keywords"),
    "view_count": _("views"),
    "attachments": _("attachments"),
    "office": _("office"),
    "id": _("code of the year"),
    "year": _("year"),
    "level": _("level"),
    "notice": _("the notice"),
    "basis": _("basis"),
    "further_basis": _("further documents it rests on"),
    "purpose": _("purpose"),
    "headings": _("headings"),
    "city": _("city bureau"),
    "districts": _("district bureaus"),
    "cap": _("cap"),
    "cap_text": _("paragraph on the places"),
    "windows": _("application windows"),
    "call_deadline": _("last day for calls"),
    "report_deadline": _("last day for reports"),
    "rubric_adaptable": _("districts may adapt the rubrics"),
    "portal": _("government portal"),
    "material_rules": _("demands on materials"),
    "paper": _("paper copies"),
    "publicity_days": _("publicity, working days"),
    "acceptance_days": _("acceptance, working days"),
    "correction_days": _("correction, working days"),
    "returns_allowed": _("chances to correct"),
    "objection_days": _("objection handling, working days"),
    "scoring": _("scoring"),
    "tie_order": _("tie order"),
    "followup": _("follow-up"),
    "disclosure": _("disclosure metadata"),
    "contact": _("whom to ask"),
    "closing": _("closing words"),
    "form": _("application form"),
    "sections": _("sections of the form"),
    "entries": _("entries"),
    "kind": _("kind of entry"),
    "help": _("help for whoever fills it in"),
    "unit": _("unit of measure"),
    "options": _("options"),
    "columns": _("columns of the table"),
    "least": _("at least"),
    "most": _("at most"),
    "most_letters": _("most characters"),
    "most_rows": _("most lines of the table"),
    "of": _("sum of the table"),
    "column": _("column that is added up"),
    "shown_if": _("asked only if"),
    "entry": _("code of the entry"),
    "among": _("is one of"),
    "read_by": _("who reads it beside the applicant"),
    "sealed": _("kept encrypted"),
    "once": _("may stand in one application a year only"),
    "known_from": _("filled in from"),
}
NAMES = ("name", "title", "district", "code", "text", "number")  # by which an item is told from others
SHOWN = 24


def label(name: str) -> str:
    """What a field is called."""
    return str(LABELS.get(name, name))


def title_of(item: Any, place: int) -> str:
    """What an item is called among its like: by its own name, else by its number."""
    found = next((str(item[key]) for key in NAMES if isinstance(item, dict) and item.get(key)), "")
    if not found:
        return f"（{place + 1}）"
    return found if len(found) <= SHOWN else f"{found[:SHOWN]}…"


def trail(facts: Any, path: str) -> str:
    """A path in words: 评审细则 › 达标线."""
    said = []
    for key in path.split(".") if path else ():
        if isinstance(facts, list):
            at = next(
                (n for n, one in enumerate(facts) if isinstance(one, dict) and one.get(ID) == key), None
            )
            facts = facts[at] if at is not None else None
            said.append(title_of(facts, at or 0))
        else:
            facts = facts.get(key) if isinstance(facts, dict) else None
            said.append(label(key))
    return " › ".join(said)
