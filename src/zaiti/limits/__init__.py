"""How often anybody may do a thing: a true sliding window, counted whatever becomes of the request."""

from zaiti.limits.spending import TooMany, spend

__all__ = ["TooMany", "spend"]
