"""Seals: found by shape, confirmed by reading, compared with the applicant's name."""

from scancheck.seals.finding import Candidate, check

__all__ = ["Candidate", "check"]
