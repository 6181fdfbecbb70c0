"""Which tone a state has: word + shape always, colour only beside them."""

from zaiti.core.tones import ACTIVE, ATTENTION, DONE, LATE, QUIET, TONES

SHAPES = {
    QUIET: "circle",
    ACTIVE: "circle-dot",
    ATTENTION: "alert-triangle",
    LATE: "octagon-minus",
    DONE: "circle-check",
}
# Tabler's word for each.
COLOURS = {QUIET: "secondary", ACTIVE: "primary", ATTENTION: "warning", LATE: "danger", DONE: "success"}


def tone_of(state: object) -> str:
    """Give the tone of a state's value, or the tone itself; a state under way is active."""
    return str(state) if str(state) in SHAPES else TONES.get(str(state), ACTIVE)
