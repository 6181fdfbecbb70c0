"""The five tones in which a state or a deed is shown; `web/ui/tones.py` gives each its shape."""

QUIET, ACTIVE, ATTENTION, LATE, DONE = "quiet", "active", "attention", "late", "done"
