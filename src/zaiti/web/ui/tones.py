"""Which tone a state has: word + shape always, colour only beside them."""

QUIET, ACTIVE, ATTENTION, LATE, DONE = "quiet", "active", "attention", "late", "done"
SHAPES = {
    QUIET: "circle",
    ACTIVE: "circle-dot",
    ATTENTION: "alert-triangle",
    LATE: "octagon-minus",
    DONE: "circle-check",
}
# Tabler's word for each.
COLOURS = {QUIET: "secondary", ACTIVE: "primary", ATTENTION: "warning", LATE: "danger", DONE: "success"}
TONES = {
    "draft": QUIET,
    "taken_back": QUIET,
    "planned": QUIET,
    "withdrawn": QUIET,
    "closed": QUIET,
    "lapsed": QUIET,
    "superseded": QUIET,
    "void": QUIET,
    "dropped": QUIET,
    "replaced": QUIET,
    "taken_down": QUIET,
    "not_admitted": QUIET,
    "rejected": QUIET,
    "returned": ATTENTION,
    "asked": ATTENTION,
    "sent_back": ATTENTION,
    "disputed": ATTENTION,
    "paused": ATTENTION,
    "unsure": ATTENTION,
    "warn": ATTENTION,
    "missing": ATTENTION,
    "not_in_form": ATTENTION,
    "objected": ATTENTION,
    "rectifying": ATTENTION,
    "revoking": ATTENTION,
    "declined": LATE,
    "refused": LATE,
    "revoked": LATE,
    "blocked": LATE,
    "cancelled": LATE,
    "late": LATE,
    "fail": ATTENTION,
    "failed": LATE,
    "upheld": LATE,
    "consented": DONE,
    "accepted": DONE,
    "confirmed": DONE,
    "approved": DONE,
    "signed": DONE,
    "recognised": DONE,
    "cleared": DONE,
    "pass": DONE,
    "in_order": DONE,
    "published": DONE,
    "reported": DONE,
    "announced": DONE,
    "paid": DONE,
    "settled": DONE,
}


def tone_of(state: object) -> str:
    """Give the tone of a state's value, or the tone itself; a state under way is active."""
    return str(state) if str(state) in SHAPES else TONES.get(str(state), ACTIVE)
