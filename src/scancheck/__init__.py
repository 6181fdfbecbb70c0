"""Reads a scanned PDF and says, with evidence, what is wrong with it.  No Django, no network."""

from scancheck.check import Check, Document, Page, Whole
from scancheck.checks.titles import title_finding
from scancheck.expectation import Expectation
from scancheck.inspecting import inspect
from scancheck.probing import Probe, probe
from scancheck.profile import Profile
from scancheck.registry import NoCheck, registered
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
    finding,
)
from scancheck.schema import json_schema
from scancheck.verdict import Verdict

__all__ = [
    "ENGINE_VERSION", "SCHEMA_VERSION", "Check", "Document", "DocumentReport", "Expectation", "Finding",
    "NoCheck", "Page", "PageReport", "PrintedNumber", "Probe", "Profile", "Report", "Seal", "Signature",
    "Uscc", "Verdict", "Whole", "finding", "inspect", "json_schema", "probe", "registered",
    "title_finding",
]  # fmt: skip
