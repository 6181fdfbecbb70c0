"""Zaiti: the yearly recognition of lifelong vocational-skills training carriers."""
