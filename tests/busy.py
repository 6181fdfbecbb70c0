"""What is held to seconds is held to as many more as others want the processor too."""

import os


def busy() -> float:
    """How many want each processor at this time; 1 on a quiet machine."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
