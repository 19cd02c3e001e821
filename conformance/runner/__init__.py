"""The pytest side of a run: first contact, cases, verdicts, ending."""
