"""The states a step refuses."""

from zaiti.ledger.moves import Stateful


def others(model: type[Stateful], verb: str) -> list[str]:
    """List the states from which a step is not open."""
    states = [str(value) for value, _label in model._meta.get_field("state").choices]
    return [state for state in states if state not in {str(source) for source in model.MOVES[verb].sources}]
