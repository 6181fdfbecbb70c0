"""A job for the sandbox's own test: one that waits, as on a machine busy with others."""

import time


def wait(fd, request):
    """Take long, but no processor time."""
    time.sleep(float(request["seconds"]))
    yield "done"


JOBS = {"wait": wait}
