"""Reads a scanned PDF and says, with evidence, what is wrong with it.  No Django, no network."""

from scancheck.probing import Probe, probe
from scancheck.profile import Profile

__all__ = ["Probe", "Profile", "probe"]
