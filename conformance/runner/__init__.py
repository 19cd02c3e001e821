"""The pytest side of a run: contact, cases, verdicts, ending."""
