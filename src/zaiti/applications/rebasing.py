"""A corrected form: what was answered is carried into it, and what finds no room there is kept aside."""

from typing import NamedTuple

from zaiti.accounts.models import User
from zaiti.applications.answered import Values, is_empty
from zaiti.applications.answering import Value, cell, clean
from zaiti.applications.models import Answers, Application
from zaiti.core import Refused
from zaiti.core.sealed import sealed, unsealed
from zaiti.ledger.chain import record
from zaiti.ledger.turns import take_turn
from zaiti.programmes.models import CarrierType, FormVersion
from zaiti.programmes.packs.form import Column, Entry, Form
from zaiti.programmes.packs.plain_form import CALLED_BY

WRITTEN = ("text", "lines", "address", "phone", "person", "whole", "number", "money", "day", "choice")
WITHIN = ("text", "lines", "address", "phone", "person", "whole", "number", "money")  # what has limits


class Fitted(NamedTuple):
    """An answer as the new entry takes it, and whether all of it found room."""

    value: Value
    whole: bool


def turn_of_form(carrier_type: CarrierType) -> None:
    """Come one after the other with whoever corrects the form of this type; before any row is held."""
    take_turn(f"form:{carrier_type.pk}")


def rebase(application: Application, *, by: User) -> bool:
    """Ask by the newest form what may be written now; of what is corrected only what was reopened."""
    answers, newest = application.answers, application.carrier_type.forms.latest("number")
    if newest.pk == answers.form_id:
        return False
    entries = {entry.code: entry for entry in newest.entries}
    if application.state == Application.State.DRAFT:
        _take_over(answers, newest)
    elif not _renew(answers, [entries[code] for code in application.open_fields if code in entries], entries):
        return False
    answers.save()
    application.save(update_fields=[*CALLED_BY, "named"])
    record("rebase", application, by=by, version=newest.number)
    return True


def _take_over(answers: Answers, form: FormVersion) -> None:
    """The whole form is the new one."""
    old, said = answers.shape, answers.said
    answers.before = answers.before or answers.form
    answers.form, answers.renewed, answers.given = form, {}, {}
    answers.application.named = {}
    _carry(answers, old, said)


def _renew(answers: Answers, reopened: list[Entry], entries: dict[str, Entry]) -> bool:
    """Only these entries, and the sums of a table among them, are asked as the new form asks them."""
    old, said = answers.shape, answers.said
    before = {entry.code: entry for entry in old.entries}
    codes = {entry.code for entry in reopened}
    asked = [*reopened, *(one for one in entries.values() if one.kind == "sum" and one.of in codes)]
    other = [one for one in asked if one.code in before and one != before[one.code]]
    answers.before = answers.before or (answers.form if other else None)
    answers.renewed = answers.renewed | {one.code: _facts(one) for one in other}
    _carry(answers, old, said, {one.code for one in other})
    return bool(other)


def _carry(answers: Answers, old: Form, said: Values, only: set[str] | None = None) -> None:
    now = {entry.code: entry for entry in answers.shape.entries}
    values: dict[str, Value] = {}
    for entry in old.entries:
        value = said.get(entry.code)
        if entry.kind == "sum" or is_empty(value) or (only is not None and entry.code not in only):
            continue
        fitted = fit(entry, now.get(entry.code), value)
        if not is_empty(fitted.value) or only is not None:
            values[entry.code] = fitted.value
        if not fitted.whole:
            lay_aside(answers, entry, value)
    _bring_back(answers, now, values)
    answers.put(values)


def _bring_back(answers: Answers, now: dict[str, Entry], values: dict[str, Value]) -> None:
    """What was kept aside goes back where a later form has room for it again."""
    for entry, value in set_aside(answers):
        fitted = fit(entry, now.get(entry.code), value)
        if fitted.whole and entry.code not in values and entry.code not in answers.given:
            values[entry.code] = fitted.value
            answers.aside = {code: kept for code, kept in answers.aside.items() if code != entry.code}


def lay_aside(answers: Answers, entry: Entry, value: Value) -> None:
    """Keep an answer that no entry has room for, with its entry as it was asked; the row is not saved yet."""
    kept = sealed(str(value)) if entry.sealed else value
    answers.aside = answers.aside | {entry.code: {"entry": _facts(entry), "value": kept}}


def dropped(answers: Answers) -> dict[str, Entry]:
    """The entries that its writer saw before the form was corrected, and that are asked no more."""
    asked = {entry.code for entry in answers.shape.entries}
    before = answers.before.entries if answers.before else ()
    return {entry.code: entry for entry in before if entry.code not in asked and entry.kind != "sum"}


def set_aside(answers: Answers) -> list[tuple[Entry, Value]]:
    """What no entry has room for any more, each with its entry as it was asked then."""
    kept = [(Entry.model_validate(one["entry"]), one["value"]) for one in answers.aside.values()]
    return [(entry, unsealed(value) if entry.sealed else value) for entry, value in kept]


def fit(old: Entry, new: Entry | None, value: Value) -> Fitted:
    """Carry one answer from an entry to the one of the same code; only what means the same is carried."""
    if new is None or old.unit != new.unit or not _alike(old, new):
        return Fitted(None, False)
    if new.kind == "rows":
        return _fit_rows(old, new, value)
    try:
        given = [value] if (old.kind, new.kind) == ("choice", "choices") else value
        return Fitted(clean(new, given), True)
    except Refused:
        within = old.kind == new.kind and new.kind in WITHIN  # what is beyond a new limit is mended in place
        return Fitted(value, True) if within else Fitted(None, False)


def _alike(old: Entry, new: Entry) -> bool:
    if old.kind == new.kind == "agreed":
        return (old.name, old.help) == (new.name, new.help)  # other words are agreed to anew
    written = old.kind in WRITTEN and new.kind in WRITTEN
    return written or old.kind == new.kind or (old.kind, new.kind) == ("choice", "choices")


def _fit_rows(old: Entry, new: Entry, rows: list[dict[str, Value]]) -> Fitted:
    columns = {column.code: column for column in old.columns}
    made = [{one.code: _fit_cell(columns.get(one.code), one, row) for one in new.columns} for row in rows]
    whole = all(
        is_empty(value) or not is_empty(line.get(code))
        for row, line in zip(rows, made, strict=True)
        for code, value in row.items()
    )
    return Fitted(made, whole)


def _fit_cell(old: Column | None, new: Column, row: dict[str, Value]) -> Value:
    if old is None or old.unit != new.unit or row.get(new.code) is None:
        return None
    try:
        return cell(new, row[new.code])
    except Refused:
        return None


def _facts(entry: Entry) -> dict[str, Value]:
    return entry.model_dump(mode="json", exclude_defaults=True)
