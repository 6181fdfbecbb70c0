"""Seals: found by shape, confirmed by reading, compared with the applicant's name."""
