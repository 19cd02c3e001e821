"""The support code of the suite: what the rules and the runs of them share."""

__version__ = "2026.11.0"
