"""Support code of the suite: rules, target, client, evidence, verdicts and reports."""

__version__ = "2026.11.0"
