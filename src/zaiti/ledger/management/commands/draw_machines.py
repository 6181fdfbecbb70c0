"""Draw every machine of the procedure as its `MOVES` declare it."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils import translation

from zaiti.ledger.moves import Stateful
from zaiti.places import ROOT

PAGE = ROOT / "docs/machines.md"
OPENING = """\
# The machines of the procedure

本页由 `zaiti manage draw_machines` 按各模型的 `MOVES` 生成，请勿手工修改；箭头上的词是审计日志记下的动作。

`zaiti manage draw_machines` writes this page from each model's `MOVES`; do not edit it by hand. An arrow
bears the verb that `ledger.moves.move` takes and the ledger keeps. Rooms come in the procedure's order.
"""


class Command(BaseCommand):
    """`zaiti manage draw_machines`."""

    help = "Write docs/machines.md: a diagram of every machine, from its MOVES."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page anew."""
        PAGE.write_text(whole_page())
        self.stdout.write(f"{len(machines())} machines drawn in {PAGE}.")


def whole_page() -> str:
    """Give the text of docs/machines.md."""
    return "\n".join([OPENING, *(_section(model) for model in machines())])


def machines() -> list[type[Stateful]]:
    """List the models that have a life, lowest room first."""
    return [model for model in apps.get_models() if issubclass(model, Stateful)]


def _section(model: type[Stateful]) -> str:
    heading = " · ".join(_in_both(model._meta.verbose_name))
    what = (model.__doc__ or "").splitlines()[0]
    return f"## {heading}\n`{model._meta.label}`: {what}\n\n```mermaid\n{_diagram(model)}\n```\n"


def _diagram(model: type[Stateful]) -> str:
    return "\n    ".join(["stateDiagram-v2", *_states(model), *_arrows(model)])


def _states(model: type[Stateful]) -> Iterator[str]:
    for value, label in _column(model).choices:
        yield f"{value}: {'<br>'.join(_in_both(label))}"


def _arrows(model: type[Stateful]) -> Iterator[str]:
    """The way in, every step, and the way out of the states that nothing leaves."""
    yield f"[*] --> {_column(model).default}"
    for value, _label in _column(model).choices:
        steps = [(verb, step) for verb, step in model.MOVES.items() if value in map(str, step.sources)]
        yield from (f"{value} --> {step.target}: {verb}" for verb, step in steps)
        if not steps:
            yield f"{value} --> [*]"


def _column(model: type[Stateful]) -> Any:
    return model._meta.get_field("state")  # type: ignore[misc]  # the abstract class has no column


def _in_both(words: object) -> list[str]:
    """Say it in Chinese and in English; once, if there is no Chinese for it."""
    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append(str(words))
    return list(dict.fromkeys(said))
