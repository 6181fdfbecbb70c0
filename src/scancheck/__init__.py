"""Reads a scanned PDF and says, with evidence, what is wrong with it.  No Django, no network."""

from scancheck.expectation import Expectation
from scancheck.inspecting import inspect
from scancheck.probing import Probe, probe
from scancheck.profile import Profile
from scancheck.report import (
    ENGINE_VERSION,
    SCHEMA_VERSION,
    DocumentReport,
    Finding,
    PageReport,
    PrintedNumber,
    Report,
    Seal,
    Signature,
    Uscc,
    json_schema,
)
from scancheck.titles import title_finding

__all__ = [
    "ENGINE_VERSION", "SCHEMA_VERSION", "DocumentReport", "Expectation", "Finding", "PageReport",
    "PrintedNumber", "Probe", "Profile", "Report", "Seal", "Signature", "Uscc", "inspect",
    "json_schema", "probe", "title_finding",
]  # fmt: skip
